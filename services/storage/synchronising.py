"""Dossiers whose newest state the national portal does not know yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Untold:
    """One of them, with what its payload needs and the history does not hold."""

    code: str
    procedure: str | None
    applicant: dict[str, Any]
    unit: str
    channel: int
    submitted_at: datetime
    files: list[str]


def untold_dossiers(connection: Connection, limit: int) -> list[Untold]:
    """Those that wait longest first; a failed one waits until its state changes."""
    rows = connection.execute(
        """SELECT d.code, d.procedure, d.applicant, d.unit, d.channel, d.submitted_at,
                  (SELECT coalesce(jsonb_agg(name ORDER BY number), '[]') FROM document x WHERE x.dossier_id = d.id)
           FROM dossier d WHERE d.synchronisation = 'pending' ORDER BY d.id LIMIT %s""",
        (limit,),
    ).fetchall()
    return [Untold(*row) for row in rows]
