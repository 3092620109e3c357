"""Intake as a stage: fetch one document, decide on it, note its type and pages."""

from dataclasses import dataclass, replace
from pathlib import Path

from services.files.limits import Limits
from services.files.office import derived_beside
from services.intake.examine import Examined, examine_file
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.database import Connection
from services.storage.derived import pdf_key
from services.storage.documents import fetch_document, limits_of, set_examined
from services.storage.objects import ObjectStore
from services.storage.papers import store_findings
from services.storage.runs import Run


@dataclass(frozen=True, slots=True)
class Arrived:
    """One document, fetched; what is made from it is kept in `store` by `key`."""

    path: Path
    name: str
    limits: Limits
    store: ObjectStore
    key: str


def load_document(desk: Desk, run: Run) -> Arrived:
    """Fetch the untouched original."""
    fetched = fetch_document(desk.connection, desk.store, run.dossier_id, run.subject.document or 0, desk.folder)
    return Arrived(fetched.path, fetched.name, limits_of(desk.settings), desk.store, fetched.key)


def decide(arrived: Arrived) -> Examined:
    """Whether the file may come in; the PDF of an office file is made once, here, for all who read pages of it."""
    examined = examine_file(arrived.path, arrived.name, arrived.limits, keep=True)
    laid_out = derived_beside(arrived.path)
    if laid_out.is_file():
        arrived.store.put(pdf_key(arrived.key), laid_out, "application/pdf")
    return examined


def store_examined(connection: Connection, run: Run, examined: Examined) -> None:
    """Note type, pages and what was noticed about the file."""
    number = run.subject.document or 0
    set_examined(connection, run.dossier_id, number, examined.media_type, examined.page_count)
    placed = [
        replace(finding, places=tuple(replace(place, document=number) for place in finding.places))
        for finding in examined.findings
    ]
    store_findings(connection, run.dossier_id, run.stage, run.subject.name, placed)


STAGE = StageDefinition(Stage.INTAKE, load_document, decide, store_examined)
