"""The same stages without queues or database: files in, papers with their fields out, several files at once.

Every file answers: a refused or broken one with its sentence, and one that brings its process down with a sentence too.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.classify.name import name_papers
from services.dossier.document import Document
from services.dossier.errors import MotcuaError
from services.dossier.finding import Finding
from services.dossier.kinds import PaperKind
from services.dossier.page import Page
from services.dossier.paper import Paper, ReadPaper
from services.extract.codes import Code
from services.extract.find import find_fields
from services.extract.qr import read_codes
from services.extract.ticks import find_choices, mark_ticks
from services.files.limits import Limits
from services.files.page_source import PageSource
from services.files.source import open_pages
from services.intake.examine import examine_file
from services.intake.unpack import files_of
from services.ocr.engine import Engine, EngineOptions, start_engine
from services.ocr.read import read_pages
from services.precheck.kept_pages import keep_pages
from services.settings import MEBIBYTE, get_settings
from services.wording import Sentence, sentence

CARDS = {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file as read: its document, papers with fields, what was noticed, or why nothing could be read."""

    path: Path
    document: Document
    papers: tuple[ReadPaper, ...] = ()
    findings: tuple[Finding, ...] = ()
    engine: str = ""
    seconds: float = 0.0
    error: Sentence | None = None


# what lies beside documents and is none: labels, lists, notes, programs
NO_DOCUMENT = frozenset({".json", ".jsonl", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".md", ".log", ".py", ".ini"})


def list_files(paths: Iterable[Path]) -> list[Path]:
    """Files as named, and those inside named folders that may be documents.

    Raises:
        Refused: a folder without a file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = files_of(path, max_files=1_000_000)
            found += [file for file in inside if file.suffix.lower() not in NO_DOCUMENT] or inside
        else:
            found.append(path)
    return found


def read_files(
    paths: Sequence[Path], jobs: int, numbers: Sequence[int] = (), kept: Path | None = None
) -> Iterator[FileRead]:
    """Every file read, in the order given, `jobs` at a time in processes of their own.

    `numbers` are those of the documents, counted from 1 where none are given; pages are kept in the folder `kept`.
    """
    pool = _pool(jobs)
    todo = list(zip(paths, numbers or range(1, len(paths) + 1), strict=True))
    waiting = [pool.submit(read_file, path, number, kept) for path, number in todo]
    for (path, number), future in zip(todo, waiting, strict=True):
        yield _result(future, path, number)
    pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max(jobs, 1), mp_context=get_context("forkserver"))


def _result(future: Future[FileRead], path: Path, number: int) -> FileRead:
    """What the process gave; where the pool broke, the file once more in a process alone."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    with _pool(1) as alone:
        try:
            return alone.submit(read_file, path, number).result()
        except BrokenProcessPool:
            return _failed(path, number, sentence("extract.process_died"))


def read_file(path: Path, number: int = 1, kept: Path | None = None, *, most_pages: int = 0) -> FileRead:
    """One file through intake, ocr, classify and extract; never an exception.

    `most_pages`: a file of more pages is refused, where the settings allow more; 0: as the settings say.
    """
    started = time.perf_counter()
    try:
        found = _read(path, number, kept, most_pages)
    except MotcuaError as error:
        found = _failed(path, number, error.sentence)
    except OSError as error:
        found = _failed(
            path, number, sentence("extract.unreadable_file", reason=error.strerror or type(error).__name__)
        )
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything in a decoder, and its line must come
        found = _failed(path, number, sentence("extract.unexpected", error=type(error).__name__))
    return replace(found, seconds=round(time.perf_counter() - started, 3))


def _failed(path: Path, number: int, why: Sentence) -> FileRead:
    return FileRead(path, Document(number, path.name, ()), error=why)


def _read(path: Path, number: int, kept: Path | None, most_pages: int) -> FileRead:
    settings = get_settings()
    pages_allowed = min(settings.max_pages, most_pages or settings.max_pages)
    limits = Limits(settings.max_file_mb * MEBIBYTE, pages_allowed, settings.max_pixels)
    examined = examine_file(path, path.name, limits)
    engine = _engine(settings.ocr_engine, EngineOptions(settings.tessdata, settings.page_seconds, settings.name_pass))

    def read_now() -> tuple[Page, ...]:
        with open_pages(path, examined.media_type, limits) as source:
            return tuple(read_pages(source, range(1, examined.page_count + 1), engine))

    pages = tuple(replace(page, document=number) for page in keep_pages(kept, path, engine.name, read_now))
    document = Document(number, path.name, pages)
    papers = name_papers([document])
    with open_pages(path, examined.media_type, limits) as source:
        codes = _codes(source, papers)
        marked = replace(document, pages=tuple(_with_ticks(source, page) for page in pages))
    read = tuple(ReadPaper(paper, find_fields(paper.kind, _pages_of(paper, marked), codes)) for paper in papers)
    engines = sorted({page.engine for page in pages})
    return FileRead(path, document, read, examined.findings, "+".join(engines))


@cache
def _engine(name: str, options: EngineOptions) -> Engine:
    return start_engine(name, options)


def _pages_of(paper: Paper, document: Document) -> tuple[Page, ...]:
    wanted = {ref.page for ref in paper.pages}
    return tuple(page for page in document.pages if page.number in wanted)


def _codes(source: PageSource, papers: Sequence[Paper]) -> tuple[Code, ...]:
    """The marks on pages that are identity cards; other papers are not rendered a second time."""
    cards = [ref for paper in papers if paper.kind in CARDS for ref in paper.pages]
    return tuple(code for ref in cards for code in read_codes(_grey(source, ref.page), ref.page, ref.document))


def _with_ticks(source: PageSource, page: Page) -> Page:
    """The page with its ticked choices marked; only a page that prints choices is rendered."""
    return mark_ticks(page, _grey(source, page.number)) if find_choices(page) else page


def _grey(source: PageSource, number: int) -> NDArray[np.uint8]:
    return np.asarray(source.image(number).convert("L"), np.uint8)
