"""Tesseract inside this process: its model is loaded once a thread, and no file or process is made for a page."""

from pathlib import Path
from threading import local

import tesserocr

from services.dossier.errors import CannotProceed, TryAgain
from services.dossier.page import Line
from services.ocr.engine import EngineOptions, GrayImage
from services.ocr.tesseract_tsv import lines_of_tsv
from services.wording import sentence

LANGUAGE = "vie"
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
"""Where systems keep Tesseract's models (Debian, Fedora, Arch, built by hand); the library knows none of them."""

MILLISECONDS = 1000


class TesserocrEngine:
    """Tesseract `vie`, automatic page segmentation (psm 3); one handle for each thread, for a handle serves but one."""

    name = "tesserocr"

    def __init__(self, folder: str, page_seconds: float) -> None:
        self._folder = folder
        self._page_seconds = page_seconds
        self._kept = local()

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:
        """See `Engine.read`."""
        height, width = image.shape
        handle = self._handle()
        try:
            handle.SetImageBytes(image.tobytes(), width, height, 1, width)
            handle.SetSourceResolution(dpi)
            if not handle.Recognize(round(self._page_seconds * MILLISECONDS)):
                raise CannotProceed(sentence("ocr.page_too_slow", seconds=round(self._page_seconds)))
            return lines_of_tsv(handle.GetTSVText(0), width, height)
        except RuntimeError as error:
            raise TryAgain(sentence("ocr.program_failed", program="Tesseract")) from error
        finally:
            handle.Clear()

    def _handle(self) -> tesserocr.PyTessBaseAPI:
        if not hasattr(self._kept, "handle"):
            self._kept.handle = open_handle(self._folder, tesserocr.PSM.AUTO)
        return self._kept.handle


def open_handle(folder: str, mode: int) -> tesserocr.PyTessBaseAPI:
    """A loaded model, for one thread, that segments pages by `mode` (a member of tesserocr.PSM)."""
    return tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE, psm=mode, oem=tesserocr.OEM.LSTM_ONLY)


def find_folder(wanted: str) -> str:
    """The folder that holds the Vietnamese model: the wanted one, or where systems keep it.

    Raises:
        CannotProceed: it is in none of them.
    """
    for folder in (wanted,) if wanted else FOLDERS:
        if (Path(folder) / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise CannotProceed(sentence("ocr.no_model", model=LANGUAGE))


def start(options: EngineOptions) -> TesserocrEngine:
    """The engine, once its model is found and loads.

    Raises:
        CannotProceed: the model is not there, or the library does not take it.
    """
    folder = find_folder(options.tessdata)
    engine = TesserocrEngine(folder, options.page_seconds)
    try:
        open_handle(folder, tesserocr.PSM.AUTO).End()
    except RuntimeError as error:
        raise CannotProceed(sentence("ocr.no_model", model=LANGUAGE)) from error
    return engine
