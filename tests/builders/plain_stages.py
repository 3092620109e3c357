"""Stages that do nearly nothing, so that a test or benchmark sees the road alone.

What a document's name says happens to it: `raises`, `hangs`, `dies` in OCR, every time; `flaky` fails twice; anything
else is read at once. Its page count is the number before the first space (`3 pages.pdf` has three).
"""

import os
import signal
import time
from typing import Any

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed, TryAgain
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Line, Page, TextSource, Word
from services.dossier.paper import PageRef, Paper
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.database import Connection
from services.storage.documents import fetch_document, set_examined
from services.storage.papers import read_documents, store_fields, store_findings, store_pages, store_papers
from services.storage.runs import Run
from services.wording import sentence


def name_of(desk: Desk, run: Run) -> str:
    """The name of the run's document."""
    row = desk.connection.execute(
        "SELECT name FROM document WHERE dossier_id = %s AND number = %s", (run.dossier_id, run.subject.document)
    ).fetchone()
    assert row is not None
    return str(row[0])


def _load_intake(desk: Desk, run: Run) -> str:
    if os.environ.get("MOTCUA_TEST_FETCH"):
        fetch_document(desk.connection, desk.store, run.dossier_id, run.subject.document or 0, desk.folder)
    return name_of(desk, run)


def _decide(name: str) -> int:
    if "encrypted" in name:
        raise CannotProceed(sentence("general.unexpected", error="encrypted"))
    first = name.split(" ", 1)[0]
    return int(first) if first.isdigit() else 1


def _store_intake(connection: Connection, run: Run, pages: int) -> None:
    set_examined(connection, run.dossier_id, run.subject.document or 0, MediaType.PDF, pages)


def _load_ocr(desk: Desk, run: Run) -> tuple[str, Run]:
    return name_of(desk, run), run


def _read(todo: tuple[str, Run]) -> tuple[Page, ...]:
    name, run = todo
    _misbehave(name, run)
    word = Word("chữ", Box(0.1, 0.1, 0.2, 0.2), 0.9)
    numbers = range(run.subject.first_page or 1, (run.subject.last_page or 0) + 1)
    return tuple(
        Page(n, 100, 100, (Line((word,)),), TextSource.OCR, "plain", document=run.subject.document or 0)
        for n in numbers
    )


def _misbehave(name: str, run: Run) -> None:
    if "slow" in name:
        time.sleep(0.4)
    if "raises" in name:
        raise ZeroDivisionError
    if "hangs" in name:
        while True:
            time.sleep(1)
    if "dies" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "flaky" in name and run.attempt < 3:
        raise TryAgain(sentence("storage.store_away", detail="flaky"))


def _store_ocr(connection: Connection, run: Run, pages: tuple[Page, ...]) -> None:
    store_pages(connection, run.dossier_id, run.subject.document or 0, pages)


def _load_dossier(desk: Desk, run: Run) -> list[PageRef]:
    documents = read_documents(desk.connection, run.dossier_id)
    return [PageRef(document.number, page.number) for document in documents for page in document.pages]


def _name(refs: list[PageRef]) -> list[Paper]:
    numbers = sorted({ref.document for ref in refs})
    return [
        Paper(at, tuple(r for r in refs if r.document == number), PaperKind.DECISION, 0.9, ((PaperKind.DECISION, 0.9),))
        for at, number in enumerate(numbers, start=1)
    ]


STAGES: dict[Stage, StageDefinition[Any, Any]] = {
    Stage.INTAKE: StageDefinition(Stage.INTAKE, _load_intake, _decide, _store_intake),
    Stage.OCR: StageDefinition(Stage.OCR, _load_ocr, _read, _store_ocr),
    Stage.CLASSIFY: StageDefinition(
        Stage.CLASSIFY, _load_dossier, _name, lambda c, run, papers: store_papers(c, run.dossier_id, papers)
    ),
    Stage.EXTRACT: StageDefinition(
        Stage.EXTRACT,
        lambda _, run: run,
        lambda run: run,
        lambda c, run, _: store_fields(c, run.dossier_id, run.subject.paper or 0, ()),
    ),
    Stage.CHECK: StageDefinition(
        Stage.CHECK,
        lambda _, run: run,
        lambda run: run,
        lambda c, run, _: store_findings(c, run.dossier_id, run.stage, run.subject.name, ()),
    ),
}
