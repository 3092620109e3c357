"""Tesseract as a program, one process a page, through pytesseract: it runs wherever Tesseract is installed.

One thread a process: two OpenMP threads on two busy cores cost four times the CPU time for the same page.
"""

import os

import pytesseract
from PIL import Image
from pytesseract import Output

from services.dossier.errors import CannotProceed, TryAgain
from services.dossier.page import Line
from services.ocr.engine import EngineOptions, GrayImage
from services.ocr.tesseract_tsv import lines_of_tsv
from services.wording import sentence

LANGUAGE = "vie"


class PytesseractEngine:
    """Tesseract `vie`, automatic page segmentation (psm 3)."""

    name = "pytesseract"

    def __init__(self, options: EngineOptions) -> None:
        self._options = options

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:
        """See `Engine.read`."""
        picture = Image.fromarray(image)
        picture.format = "PPM"  # the file handed over: PNG costs 80–800 ms a page to write, this 4 ms
        try:
            tsv = pytesseract.image_to_data(
                picture,
                lang=LANGUAGE,
                config=f"--psm 3 --dpi {dpi}{_tessdata(self._options)}",
                timeout=self._options.page_seconds,
                output_type=Output.STRING,
            )
        except RuntimeError as error:  # pytesseract's own sign for a page that outran its allowance
            if isinstance(error, pytesseract.TesseractError):
                raise TryAgain(sentence("ocr.program_failed", program="Tesseract")) from error
            raise CannotProceed(sentence("ocr.page_too_slow", seconds=round(self._options.page_seconds))) from error
        height, width = image.shape
        return lines_of_tsv(str(tsv), width, height)


def start(options: EngineOptions) -> PytesseractEngine:
    """The engine, once Tesseract and its Vietnamese model are found.

    Raises:
        CannotProceed: the program or the model is not installed.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        models = pytesseract.get_languages(config=_tessdata(options).strip())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
        raise CannotProceed(sentence("ocr.no_tesseract")) from error
    if LANGUAGE not in models:
        raise CannotProceed(sentence("ocr.no_model", model=LANGUAGE))
    return PytesseractEngine(options)


def _tessdata(options: EngineOptions) -> str:
    return f" --tessdata-dir {options.tessdata}" if options.tessdata else ""
