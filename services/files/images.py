"""Image files as pages: JPEG, PNG, WebP, TIFF of many pages; HEIC in `heic.py`."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from PIL import Image, ImageFile

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed, Refused
from services.files.flatten import flatten
from services.files.limits import Limits
from services.files.picture import PicturePages
from services.wording import sentence

# What Pillow's decoders raise on damaged bytes.
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error)

_PLUGINS = MappingProxyType(
    {
        MediaType.JPEG: ("JPEG", "MPO"),
        MediaType.PNG: ("PNG",),
        MediaType.WEBP: ("WEBP",),
        MediaType.TIFF: ("TIFF",),
    }
)
_SUBFILE_TYPE, _THUMBNAIL = 254, 1
_TOLERANCE = Lock()


class ImagePages(PicturePages):
    """The pages of one open image file, as `PageSource`; only a TIFF has more than one."""

    def __init__(self, path: Path, media_type: MediaType, limits: Limits) -> None:
        self._path = path
        self._media_type = media_type
        super().__init__(limits)
        self._frames = _frames(path, media_type, limits)
        self.page_count = len(self._frames)

    def size(self, number: int) -> tuple[int, int]:
        """Declared width and height in pixels, before any decoding.

        Raises:
            CannotProceed: the header is broken.
        """
        with self._opened(number) as image:
            return image.size

    def image(self, number: int, dpi: int = 200) -> Image.Image:  # noqa: ARG002 -- an image keeps its own resolution
        """The page upright by its EXIF orientation, RGB, L or 1, at its own resolution.

        Raises:
            CannotProceed: nothing of the image can be decoded.
            Refused: it declares too many pixels.
        """
        self.check_pixels(number)
        try:
            return self._decoded(number)
        except (*DAMAGED, MemoryError) as error:
            raise CannotProceed(sentence("files.image_broken")) from error

    def _decoded(self, number: int) -> Image.Image:
        try:
            with self._opened(number) as image:
                image.load()
                return _upright(image)
        except DAMAGED:
            # A photo cut off in transit still shows most of a paper: take what is there.
            with _TOLERANCE, _tolerant(), self._opened(number) as image:
                image.load()
                return _upright(image)

    @contextmanager
    def _opened(self, number: int) -> Iterator[Image.Image]:
        with open_image(self._path, self._media_type) as image:
            if frame := self._frames[number - 1]:
                image.seek(frame)
            yield image


@contextmanager
def open_image(path: Path, media_type: MediaType) -> Iterator[Image.Image]:
    """The file opened by the decoder of its format alone; only the header is read.

    Raises:
        CannotProceed: the header is broken.
        Refused: it declares more pixels than any setting allows.
    """
    try:
        opened = Image.open(path, formats=_PLUGINS[media_type])
    except Image.DecompressionBombError as error:
        raise Refused(sentence("files.bomb")) from error
    except DAMAGED as error:
        raise CannotProceed(sentence("files.image_broken")) from error
    with opened:
        yield opened


def _frames(path: Path, media_type: MediaType, limits: Limits) -> tuple[int, ...]:
    if media_type is not MediaType.TIFF:
        return (0,)
    with open_image(path, media_type) as image:
        frames = tuple(_tiff_frames(image, limits))
    # A file of thumbnails alone is still somebody's picture.
    return frames or (0,)


def _tiff_frames(image: Image.Image, limits: Limits) -> Iterator[int]:
    frame = found = 0
    while True:
        tags = getattr(image, "tag_v2", {})
        if not tags.get(_SUBFILE_TYPE, 0) & _THUMBNAIL:
            found += 1
            yield frame
        if max(frame, found) > limits.max_pages:
            raise Refused(sentence("files.too_many_pages", limit=limits.max_pages))
        frame += 1
        try:
            image.seek(frame)
        except DAMAGED:
            return


@contextmanager
def _tolerant() -> Iterator[None]:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _upright(image: Image.Image) -> Image.Image:
    flat = flatten(image)
    try:
        turn = image.getexif().get(274, 1)
    except DAMAGED:
        return flat
    # TIFF's own loader has turned the page already and says so by dropping the tag.
    if turn == 1 or turn not in _TURNS:
        return flat
    return flat.transpose(_TURNS[turn])


_TURNS = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
