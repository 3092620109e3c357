"""What an officer does that the clock must know. Each returns False when the dossier's state does not allow it."""

from datetime import datetime

from services.dossier.status import DossierStatus
from services.storage.appointments import reappoint
from services.storage.database import Connection
from services.storage.dossiers import lock_dossier
from services.storage.events import note_event


def finish_dossier(connection: Connection, dossier_id: int, at: datetime) -> bool:
    """The result is ready: status 9; on time is fixed by this moment."""
    return _change(
        connection,
        dossier_id,
        at,
        "result_made_ready",
        "status = %(status)s, result_at = %(at)s WHERE result_at IS NULL AND paused_at IS NULL AND",
        status=DossierStatus.DONE,
    )


def pause_dossier(connection: Connection, dossier_id: int, at: datetime) -> bool:
    """The clock stops: the ball is with the citizen."""
    with connection.transaction():
        done = _change(
            connection,
            dossier_id,
            at,
            "clock_paused",
            "status = %(status)s, paused_at = %(at)s WHERE result_at IS NULL AND paused_at IS NULL AND",
            status=DossierStatus.SUPPLEMENT_REQUESTED,
        )
        if done:
            connection.execute(
                "INSERT INTO suspension (dossier_id, started_at, why) VALUES (%s, %s, 'supplement')", (dossier_id, at)
            )
    return done


def resume_dossier(connection: Connection, dossier_id: int, at: datetime) -> bool:
    """The clock goes on, and the due date moves by the pause as the law counts it."""
    with connection.transaction():
        done = _change(
            connection,
            dossier_id,
            at,
            "clock_resumed",
            "status = %(status)s, paused_at = NULL WHERE paused_at IS NOT NULL AND",
            status=DossierStatus.PROCESSING,
        )
        if done:
            connection.execute(
                "UPDATE suspension SET ended_at = %s WHERE dossier_id = %s AND ended_at IS NULL", (at, dossier_id)
            )
            reappoint(connection, dossier_id)
    return done


def _change(
    connection: Connection, dossier_id: int, at: datetime, event: str, change: str, *, status: DossierStatus
) -> bool:
    with connection.transaction():
        lock_dossier(connection, dossier_id)
        query = f"UPDATE dossier SET {change} id = %(id)s"
        changed = connection.execute(query.encode(), {"id": dossier_id, "at": at, "status": int(status)})
        if changed.rowcount == 1:
            note_event(connection, dossier_id, at, event, {"status": int(status)})
    return changed.rowcount == 1
