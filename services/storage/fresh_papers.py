"""What a citizen handed in after the first time and no officer has looked at yet."""

from datetime import datetime

from services.storage.database import Connection


def mark_fresh(connection: Connection, dossier_id: int, at: datetime) -> None:
    """Papers came at `at`; those of an earlier time that nobody has looked at yet stay the first."""
    connection.execute("INSERT INTO fresh_papers VALUES (%s, %s) ON CONFLICT DO NOTHING", (dossier_id, at))


def see_fresh(connection: Connection, code: str) -> datetime | None:
    """An officer opens the dossier: since when papers came that nobody had seen; None where there were none."""
    row = connection.execute(
        """DELETE FROM fresh_papers f USING dossier d WHERE d.id = f.dossier_id AND d.code = %s RETURNING f.at""",
        (code,),
    ).fetchone()
    return row[0] if row else None
