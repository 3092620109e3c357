"""Pages that were read a moment ago, found again by their pixels: the same page is not read twice by one worker.

Citizens attach the same paper to several files, and blank backs of sheets are alike. Kept is what was read, not the
picture; the oldest goes first.
"""

from collections import OrderedDict
from dataclasses import replace
from hashlib import sha256
from threading import Lock

from PIL import Image

from services.dossier.page import Page
from services.ocr.engine import Engine

MOST = 64

Key = tuple[int, str, tuple[int, int], bytes]


class RecentPages:
    """At most `most` pages, for any number of threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, tuple[Engine, Page]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, number: int) -> Page | None:
        """The page of those pixels as a page of this number, if it was read lately."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        return replace(found[1], number=number)

    def keep(self, key: Key, engine: Engine, page: Page) -> None:
        """Remember a page just read; the engine is held so that its key stays its own."""
        with self._lock:
            self._kept[key] = (engine, page)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def key_of(picture: Image.Image, engine: Engine) -> Key:
    """The same for the same pixels and the same engine, whatever file they came in."""
    return id(engine), picture.mode, picture.size, sha256(picture.tobytes()).digest()
