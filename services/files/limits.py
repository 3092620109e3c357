"""How much of a file is let in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file, built from the settings by whoever opens it.

    `max_bytes` is the size of the file, `max_pages` its pages, `max_pixels` the pixels of one page image (width ×
    height) that may be decoded or rendered.
    """

    max_bytes: int = 200 * 1024 * 1024
    max_pages: int = 1000
    max_pixels: int = 100_000_000
