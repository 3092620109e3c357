"""Intake as a stage: fetch one document, decide on it, note its type and pages."""

from dataclasses import dataclass, replace
from pathlib import Path

from services.files.limits import Limits
from services.intake.examine import Examined, examine_file
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.database import Connection
from services.storage.documents import fetch_document, limits_of, set_examined
from services.storage.papers import store_findings
from services.storage.runs import Run


@dataclass(frozen=True, slots=True)
class Arrived:
    """One document, fetched."""

    path: Path
    name: str
    limits: Limits


def load_document(desk: Desk, run: Run) -> Arrived:
    """Fetch the untouched original."""
    fetched = fetch_document(desk.connection, desk.store, run.dossier_id, run.subject.document or 0, desk.folder)
    return Arrived(fetched.path, fetched.name, limits_of(desk.settings))


def decide(arrived: Arrived) -> Examined:
    """Whether the file may come in."""
    return examine_file(arrived.path, arrived.name, arrived.limits)


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
