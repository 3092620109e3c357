"""Extract as a stage: the fields of one paper, from its words and its machine-readable marks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.dossier.document import Document, MediaType
from services.dossier.errors import CannotProceed, Refused
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import Page
from services.dossier.paper import Paper
from services.extract.codes import Code
from services.extract.find import find_fields
from services.extract.in_use import labeller_in_use
from services.extract.labeller import Labeller
from services.extract.qr import read_codes
from services.extract.ticks import find_choices, mark_ticks
from services.files.source import open_pages
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.database import Connection
from services.storage.documents import fetch_document, limits_of
from services.storage.papers import read_documents, read_papers, store_fields
from services.storage.runs import Run

# the papers that carry a code which outranks what is printed beside it
WITH_CODES = {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}


@dataclass(frozen=True, slots=True)
class PaperToRead:
    """One paper's pages, the codes seen on them, and the labeller in use."""

    kind: PaperKind | None
    pages: tuple[Page, ...]
    codes: tuple[Code, ...]
    labeller: Labeller


def load_paper(desk: Desk, run: Run) -> PaperToRead:
    """The pages of the paper; the pictures too where a code may stand on them."""
    paper = next(r.paper for r in read_papers(desk.connection, run.dossier_id) if r.paper.number == run.subject.paper)
    pages = _pages_of(paper, read_documents(desk.connection, run.dossier_id))
    codes = tuple(_codes_of(desk, run, pages)) if paper.kind in WITH_CODES else ()
    marked = tuple(_with_ticks(desk, run, page) for page in pages)
    return PaperToRead(paper.kind, marked, codes, labeller_in_use(desk.store))


def _pages_of(paper: Paper, documents: list[Document]) -> tuple[Page, ...]:
    by_place = {(page.document, page.number): page for document in documents for page in document.pages}
    return tuple(by_place[ref.document, ref.page] for ref in paper.pages if (ref.document, ref.page) in by_place)


def _codes_of(desk: Desk, run: Run, pages: tuple[Page, ...]) -> Iterator[Code]:
    for page in pages:
        if (pixels := _picture_of(desk, run, page)) is not None:
            yield from read_codes(pixels, page.number, page.document)


def _with_ticks(desk: Desk, run: Run, page: Page) -> Page:
    """The page with its ticked choices marked; only a page that prints choices is rendered."""
    pixels = _picture_of(desk, run, page) if find_choices(page) else None
    return page if pixels is None else mark_ticks(page, pixels)


def _picture_of(desk: Desk, run: Run, page: Page) -> NDArray[np.uint8] | None:
    """The grey picture of a page; None where it is gone: a page without its picture still has its words."""
    fetched = fetch_document(desk.connection, desk.store, run.dossier_id, page.document, desk.folder)
    try:
        with open_pages(fetched.path, fetched.media_type or MediaType.PDF, limits_of(desk.settings)) as source:
            return _pixels(source.image(page.number))
    except (CannotProceed, Refused):
        return None


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("L"), np.uint8)


def read_paper(todo: PaperToRead) -> tuple[Field, ...]:
    """The fields."""
    return tuple(find_fields(todo.kind, todo.pages, todo.codes, todo.labeller))


def store_found(connection: Connection, run: Run, fields: tuple[Field, ...]) -> None:
    """Write the fields."""
    store_fields(connection, run.dossier_id, run.subject.paper or 0, fields)


STAGE = StageDefinition(Stage.EXTRACT, load_paper, read_paper, store_found)
