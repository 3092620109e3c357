"""More papers for a dossier that is under way: bytes first, then their rows and runs, and it is read anew."""

from dataclasses import dataclass
from datetime import datetime

from services.dossier.errors import Refused
from services.dossier.status import DossierStatus
from services.pipeline.route import Stage
from services.storage.database import Connection
from services.storage.dossiers import NewDocument, add_documents, find_dossier, lock_dossier, set_road
from services.storage.events import note_event
from services.storage.fresh_papers import mark_fresh
from services.storage.runs import Opening, Subject, open_runs, tell_relay
from services.wording import sentence

UNDER_WAY = frozenset(
    {
        DossierStatus.NEW,
        DossierStatus.RECEIVED,
        DossierStatus.PROCESSING,
        DossierStatus.SUPPLEMENT_REQUESTED,
        DossierStatus.PAYMENT_REQUESTED,
    }
)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it: numbers of the new documents, and names of files that the dossier had already."""

    numbers: tuple[int, ...]
    duplicates: tuple[str, ...]


def supplement_dossier(
    connection: Connection,
    code: str,
    documents: list[NewDocument],
    *,
    most: int,
    at: datetime,
    by_officer: bool = False,
) -> Added | None:
    """Add files to a dossier and read it anew; None when there is none of that code.

    Unless an officer brings them himself, they are marked as new and whoever works on the dossier is told.

    Raises:
        Refused: it is closed, or would have more than `most` files.
    """
    with connection.transaction():
        dossier = find_dossier(connection, code)
        if dossier is None:
            return None
        lane = lock_dossier(connection, dossier.id).lane
        row = connection.execute(
            """SELECT status, (SELECT count(*) FROM document x WHERE x.dossier_id = d.id) FROM dossier d
               WHERE id = %s""",
            (dossier.id,),
        ).fetchone()
        status, held = row or (DossierStatus.STOPPED, 0)
        if status not in UNDER_WAY:
            raise Refused(sentence("intake.closed", code=code))
        if held + len(documents) > most:
            raise Refused(sentence("intake.too_many", limit=most))
        before = _bytes_of(connection, dossier.id)
        numbers = add_documents(connection, dossier.id, documents, at)
        if numbers:
            _begin_anew(connection, dossier.id, lane, numbers)
            facts = {"files": len(numbers), "by_officer": by_officer}
            note_event(connection, dossier.id, at, "documents_added", facts)
            if not by_officer:
                mark_fresh(connection, dossier.id, at)
    return Added(tuple(numbers), tuple(document.name for document in documents if document.sha256 in before))


def _begin_anew(connection: Connection, dossier: int, lane: str, numbers: list[int]) -> None:
    """The road of the new documents opens; the dossier is moving again."""
    open_runs(connection, dossier, lane, [Opening(Stage.INTAKE, Subject(number), wait_s=0) for number in numbers])
    set_road(connection, dossier)
    tell_relay(connection)


def _bytes_of(connection: Connection, dossier: int) -> set[str]:
    rows = connection.execute("SELECT sha256 FROM document WHERE dossier_id = %s", (dossier,)).fetchall()
    return {sha256 for (sha256,) in rows}
