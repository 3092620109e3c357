"""The ways a page can be read that are compared: our engines on the road's own code, and what people usually run.

Naive: `pdftoppm -r 300 -png`, then `pytesseract.image_to_string(lang="vie")`, as tutorials show it. ocrmypdf: its
Python interface, one job, warm process, `--force-ocr` and the text from its sidecar; it also writes a searchable PDF.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

from benchmarks.measured_way import Read
from services.dossier.page import Box
from services.files.limits import Limits
from services.files.sniff import media_type_of
from services.files.source import open_pages
from services.ocr.engine import ENGINES, make_engine
from services.ocr.read import PageSource, read_pages
from services.ocr.read_picture import DPI

_LIMITS = Limits()


def known_ways(*, pictures: bool = False) -> dict[str, Callable[[], Read]]:
    """Name of each way that runs here and what starts it in its process; `pictures` leaves text layers out of ours."""
    ways: dict[str, Callable[[], Read]] = {name: partial(start_ours, name, pictures=pictures) for name in ENGINES}
    ways["naive"] = partial(start_naive, one_thread=False)
    ways["naive-1"] = partial(start_naive, one_thread=True)
    if find_spec("ocrmypdf"):
        ways["ocrmypdf"] = start_ocrmypdf
        ways["ocrmypdf-clean"] = partial(start_ocrmypdf, deskew=True)
    return ways


class _Pictures:
    """A file whose text layers nobody sees."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self.page_count = source.page_count

    def image(self, number: int, dpi: int = DPI) -> Image.Image:
        return self._source.image(number, dpi)

    def text_layer(self, number: int) -> None:  # noqa: ARG002 - the port asks by page
        return None

    def pictures(self, number: int) -> tuple[Box, ...]:  # noqa: ARG002 - the port asks by page
        return ()


def start_ours(engine_name: str, *, pictures: bool) -> Read:
    """One of our engines behind the code the stage runs."""
    engine = make_engine(engine_name)

    def read(path: str, number: int) -> str:
        file = Path(path)
        with open_pages(file, media_type_of(file), _LIMITS) as source:
            page = next(read_pages(_Pictures(source) if pictures else source, [number], engine))
        if page.unreadable:
            raise RuntimeError(page.unreadable.id)
        return page.text

    return read


def start_naive(*, one_thread: bool) -> Read:
    """pdftoppm at 300 dpi and pytesseract, threads as they come or one."""
    if one_thread:
        os.environ["OMP_THREAD_LIMIT"] = "1"
    else:
        os.environ.pop("OMP_THREAD_LIMIT", None)
    import pytesseract  # noqa: PLC0415 - only in the process that uses it

    def read(path: str, number: int) -> str:
        with tempfile.TemporaryDirectory() as folder:
            picture = path
            if path.lower().endswith(".pdf"):
                page = str(number)
                subprocess.run(
                    ["pdftoppm", "-r", "300", "-png", "-singlefile", "-f", page, "-l", page, path, f"{folder}/page"],
                    check=True,
                )
                picture = f"{folder}/page.png"
            return str(pytesseract.image_to_string(picture, lang="vie"))

    return read


def start_ocrmypdf(*, deskew: bool = False) -> Read:
    """ocrmypdf with Vietnamese, on a PDF of that one page."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import ocrmypdf  # noqa: PLC0415 - only in the process that uses it
    import pikepdf  # noqa: PLC0415 - comes with it

    def read(path: str, number: int) -> str:
        with tempfile.TemporaryDirectory() as folder:
            source, sidecar = path, f"{folder}/page.txt"
            if path.lower().endswith(".pdf"):
                source = f"{folder}/page.pdf"
                with pikepdf.open(path) as whole, pikepdf.new() as single:
                    single.pages.append(whole.pages[number - 1])
                    single.save(source)
            ocrmypdf.ocr(
                source,
                f"{folder}/out.pdf",
                language=["vie"],
                force_ocr=True,
                deskew=deskew,
                sidecar=sidecar,
                jobs=1,
                image_dpi=200,
                progress_bar=False,
            )
            return Path(sidecar).read_text(encoding="utf-8")

    return read
