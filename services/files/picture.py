"""What pages that are pictures share, whatever file they come from."""

from abc import ABC, abstractmethod

from services.dossier.page import Box
from services.files.limits import Limits
from services.files.pdf import too_many_pixels
from services.files.words import RawWord


class PicturePages(ABC):
    """Pages without any text but what is read from them; half of a `PageSource`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    @abstractmethod
    def size(self, number: int) -> tuple[int, int]:
        """Declared width and height in pixels."""

    def check_pixels(self, number: int) -> None:
        """Refuse a page that declares too many pixels.

        Raises:
            Refused: it does.
        """
        width, height = self.size(number)
        if width * height > self._limits.max_pixels:
            raise too_many_pixels(number, width * height, self._limits)

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:  # noqa: ARG002 -- the port asks by page
        """A picture has no text layer."""
        return None

    def pictures(self, number: int) -> tuple[Box, ...]:  # noqa: ARG002 -- the port asks by page
        """A picture has no text layer beside which pictures could stand."""
        return ()
