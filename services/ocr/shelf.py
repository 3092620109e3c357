"""Where the ocr stage leaves what people and other programs look at later; every object is written once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from services.dossier.errors import CannotProceed, Refused
from services.dossier.page import Page
from services.ocr.pictures import SMALL_SIDE, Drawn, webp_of
from services.ocr.words_json import plain_text, words_json
from services.storage.derived import PictureSize, picture_key, reading_key
from services.storage.objects import ObjectStore


@dataclass(frozen=True, slots=True)
class Shelf:
    """The store, the key of the original and the run; files are written in `folder` on their way."""

    store: ObjectStore
    original: str
    run: UUID
    folder: Path

    def keep_pictures(self, page: Page, source: Drawn) -> Page:
        """Keep a page's picture in both sizes; the page with the picture's size, if it did not have one.

        A page that cannot be drawn has no picture: its reading says why, or its text layer was enough.

        Raises:
            StoreAway: the store does not answer.
            StoreFull: no room is left.
        """
        try:
            picture = source.drawn(page.number)
        except (CannotProceed, Refused):
            return page
        for size, long_side in ((PictureSize.PAGE, None), (PictureSize.THUMBNAIL, SMALL_SIDE)):
            data = webp_of(picture) if long_side is None else webp_of(picture, long_side)
            self._put(picture_key(self.original, page.number, size), data, "image/webp")
        return page if page.width else replace(page, width=picture.width, height=picture.height)

    def keep_reading(self, pages: Sequence[Page]) -> None:
        """Keep the words and the text of a range.

        Raises:
            StoreAway: the store does not answer.
            StoreFull: no room is left.
        """
        self._put(reading_key(self.original, self.run, "json"), words_json(pages), "application/json")
        self._put(reading_key(self.original, self.run, "txt"), plain_text(pages), "text/plain; charset=utf-8")

    def _put(self, key: str, data: bytes, media_type: str) -> None:
        path = self.folder / "outgoing"
        path.write_bytes(data)
        self.store.put(key, path, media_type)
