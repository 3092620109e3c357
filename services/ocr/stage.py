"""OCR as a stage: fetch one document, read a range of its pages."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.page import Page
from services.files.limits import Limits
from services.files.source import open_pages
from services.ocr.engine import Engine, EngineOptions, start_engine
from services.ocr.pictures import Drawn
from services.ocr.read import read_pages
from services.ocr.recent import RecentPages
from services.ocr.shelf import Shelf
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.settings import Settings
from services.storage.database import Connection
from services.storage.documents import fetch_document, limits_of
from services.storage.papers import store_pages
from services.storage.runs import Run

RECENT = RecentPages()
"""Pages this worker process read a moment ago."""


@dataclass(frozen=True, slots=True)
class PagesToRead:
    """A range of pages of one fetched document."""

    document: int
    path: Path
    media_type: MediaType
    numbers: range
    limits: Limits
    engine: Engine
    shelf: Shelf


def options_of(settings: Settings) -> EngineOptions:
    """What the settings tell an engine."""
    return EngineOptions(settings.tessdata, settings.page_seconds, settings.name_pass)


@cache
def open_engine(name: str, options: EngineOptions) -> Engine:
    """The engine of this worker process: models are loaded once."""
    return start_engine(name, options)


def load_range(desk: Desk, run: Run) -> PagesToRead:
    """Fetch the document the range is of."""
    subject = run.subject
    fetched = fetch_document(desk.connection, desk.store, run.dossier_id, subject.document or 0, desk.folder)
    return PagesToRead(
        fetched.number,
        fetched.path,
        fetched.media_type or MediaType.PDF,
        range(subject.first_page or 1, (subject.last_page or 0) + 1),
        limits_of(desk.settings),
        open_engine(desk.settings.ocr_engine, options_of(desk.settings)),
        Shelf(desk.store, fetched.key, run.id, desk.folder),
    )


def read_range(todo: PagesToRead) -> tuple[Page, ...]:
    """The pages as read; their pictures and words rest in the store before a row says so."""
    with open_pages(todo.path, todo.media_type, todo.limits) as opened:
        source = Drawn(opened)
        pages = tuple(
            todo.shelf.keep_pictures(replace(page, document=todo.document), source)
            for page in read_pages(source, todo.numbers, todo.engine, RECENT)
        )
    todo.shelf.keep_reading(pages)
    return pages


def store_range(connection: Connection, run: Run, pages: tuple[Page, ...]) -> None:
    """Write the pages."""
    store_pages(connection, run.dossier_id, run.subject.document or 0, pages)


STAGE = StageDefinition(Stage.OCR, load_range, read_range, store_range)
