"""The port every reading engine stands behind, and how one is chosen by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.dossier.errors import CannotProceed
from services.dossier.page import Line
from services.logs import get_logger
from services.wording import sentence

GrayImage = NDArray[np.uint8]
"""A page in grey: shape (height, width), 0 is black, 255 is white."""


class Engine(Protocol):
    """Reads one prepared page. One engine is made per worker and may be used by several threads at once."""

    @property
    def name(self) -> str:
        """The engine's name as it is kept with every page it read."""
        ...

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:
        """The lines of an upright page in reading order, boxes as fractions of the image's width and height.

        Raises:
            CannotProceed: this page cannot be read by this engine (its allowance of time is used up).
            TryAgain: the engine's program died; the same page may be readable in a moment.
        """
        ...


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine may be told: the folder of Tesseract's models (empty: its own), the seconds a page may take, and
    whether Tesseract reads doubtful names a second time behind another engine.
    """

    tessdata: str = ""
    page_seconds: float = 60.0
    name_pass: bool = True


ENGINES: dict[str, str] = {
    "pytesseract": "services.ocr.engine_pytesseract",
    "tesserocr": "services.ocr.engine_tesserocr",
    "trueocr": "services.ocr.engine_trueocr",
}
"""Name of each engine and the module whose `start(options)` makes it; imported only when chosen."""

FALLBACK = {"trueocr": "pytesseract"}
"""What reads instead of an engine that cannot start: Tesseract as a program runs nearly everywhere."""


def make_engine(name: str, options: EngineOptions | None = None) -> Engine:
    """Start the engine of that name: programs found, models checked and loaded.

    Raises:
        CannotProceed: no such engine, or its program or models are missing or not the ones we know.
    """
    if name not in ENGINES:
        raise CannotProceed(sentence("ocr.unknown_engine", name=name, known=", ".join(sorted(ENGINES))))
    start: Callable[[EngineOptions], Engine] = import_module(ENGINES[name]).start
    return start(options or EngineOptions())


def start_engine(name: str, options: EngineOptions | None = None) -> Engine:
    """The engine of that name, or its fall-back where it cannot start; `motcua doctor` and the log say which and why.

    Raises:
        CannotProceed: as `make_engine`; neither engine starts.
    """
    try:
        return make_engine(name, options)
    except (CannotProceed, ImportError, RuntimeError) as error:
        if name not in FALLBACK:
            raise
        why = error.sentence.id if isinstance(error, CannotProceed) else type(error).__name__
        get_logger(__name__).warning("engine_falls_back", engine=name, instead=FALLBACK[name], why=why)
        return make_engine(FALLBACK[name], options)
