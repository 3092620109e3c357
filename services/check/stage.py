"""Check as a stage: the whole dossier against what its procedure asks for."""

from dataclasses import dataclass
from datetime import date

from services import clock
from services.catalogue.procedure import Procedure
from services.check.look import check_dossier
from services.dossier.document import Document
from services.dossier.finding import Finding
from services.dossier.paper import ReadPaper
from services.pipeline.route import Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.database import Connection
from services.storage.dossiers import read_dossier
from services.storage.papers import read_documents, read_papers, store_findings
from services.storage.procedures import find_procedure
from services.storage.runs import Run


@dataclass(frozen=True, slots=True)
class DossierToCheck:
    """Pages, papers with their fields, and the procedure's version the dossier was received under."""

    procedure: Procedure | None
    documents: tuple[Document, ...]
    papers: tuple[ReadPaper, ...]
    on: date


def load_dossier(desk: Desk, run: Run) -> DossierToCheck:
    """Read everything that was found."""
    row = read_dossier(desk.connection, run.dossier_id)
    procedure = None
    if row.procedure is not None:
        procedure = find_procedure(desk.connection, row.procedure, version=row.procedure_version)
    return DossierToCheck(
        procedure,
        tuple(read_documents(desk.connection, run.dossier_id)),
        tuple(read_papers(desk.connection, run.dossier_id)),
        clock.in_vietnam(clock.now()).date(),
    )


def check(todo: DossierToCheck) -> tuple[Finding, ...]:
    """Everything an officer should know, in one list."""
    return tuple(check_dossier(todo.procedure, todo.documents, todo.papers, todo.on))


def store_found(connection: Connection, run: Run, findings: tuple[Finding, ...]) -> None:
    """Write the findings."""
    store_findings(connection, run.dossier_id, run.stage, run.subject.name, findings)


STAGE = StageDefinition(Stage.CHECK, load_dossier, check, store_found)
