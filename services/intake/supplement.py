"""More papers for a dossier that is under way: bytes first, then their rows and runs, and it is read anew."""

from dataclasses import dataclass
from datetime import datetime

from services.dossier.errors import Refused
from services.dossier.status import DossierStatus
from services.pipeline.route import Stage
from services.storage.database import Connection
from services.storage.dossiers import NewDocument, add_documents, find_dossier, lock_dossier, set_road
from services.storage.events import note_event
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
    connection: Connection, code: str, documents: list[NewDocument], *, most: int, at: datetime
) -> Added | None:
    """Add files to a dossier and read it anew; None when there is none of that code.

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
        rows = connection.execute("SELECT sha256 FROM document WHERE dossier_id = %s", (dossier.id,)).fetchall()
        before = {sha256 for (sha256,) in rows}
        numbers = add_documents(connection, dossier.id, documents, at)
        if numbers:
            openings = [Opening(Stage.INTAKE, Subject(number), wait_s=0) for number in numbers]
            open_runs(connection, dossier.id, lane, openings)
            set_road(connection, dossier.id)
            note_event(connection, dossier.id, at, "documents_added", {"files": len(numbers)})
            tell_relay(connection)
    return Added(tuple(numbers), tuple(document.name for document in documents if document.sha256 in before))
