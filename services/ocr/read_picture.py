"""One page picture as a page of words: prepared, read, its boxes brought back to the page as it came."""

from dataclasses import replace

from PIL import Image

from services.dossier.page import Page, TextSource
from services.ocr.engine import Engine
from services.ocr.prepare.orientation import find_orientation
from services.ocr.prepare.pictures import as_pixels
from services.ocr.prepare.prepare import Ask, Prepared, prepare, upright
from services.ocr.recent import RecentPages, key_of

DPI = 200
"""Tesseract reads 200 dpi better than 300 and in half the time; finer scans are brought down to it."""

DOUBTFUL = 0.72
"""A page read with less confidence than this (mean of its letters) may stand on its head."""


def read_picture(picture: Image.Image, number: int, engine: Engine, recent: RecentPages | None = None) -> Page:
    """A page that is a picture, prepared and read; found among `recent` pages when its pixels were read before.

    Raises:
        CannotProceed: the engine cannot read this page.
        TryAgain: the engine's program died.
    """
    if recent is None:
        return _read_anew(picture, number, engine, find_orientation())
    key = key_of(picture, engine)
    page = recent.find(key, number)
    if page is None:
        page = _read_anew(picture, number, engine, find_orientation())
        recent.keep(key, engine, page)
    return page


def _read_anew(picture: Image.Image, number: int, engine: Engine, ask: Ask) -> Page:
    prepared = prepare(as_pixels(picture), ask)
    page = _read(prepared, picture, number, engine)
    if page.confidence < DOUBTFUL and (quarters := ask(prepared.image)):
        turned = _read(upright(prepared, quarters), picture, number, engine)
        page = max(page, turned, key=lambda one: one.confidence)
    return page


def _read(prepared: Prepared, picture: Image.Image, number: int, engine: Engine) -> Page:
    lines = tuple(prepared.place.line(line) for line in engine.read(prepared.image, DPI))
    steps = tuple(step.value for step in prepared.steps)
    page = Page(number, picture.width, picture.height, lines, TextSource.OCR, engine.name, steps)
    return replace(page, marks=prepared.marks)
