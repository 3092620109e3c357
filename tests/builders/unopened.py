"""A document that intake could not open, as the road leaves it: its run waits for a person, with the real reason."""

from pathlib import Path

import pytest
from psycopg.types.json import Jsonb

from services.dossier.errors import CannotProceed, Refused
from services.files.limits import Limits
from services.intake.examine import examine_file
from services.storage.database import Connection


def leave_unopened(connection: Connection, code: str, number: int, content: bytes, folder: Path) -> None:
    """Close the run with what examining these bytes says; the rest of the road is over."""
    path = folder / "unopened"
    path.write_bytes(content)
    with pytest.raises((CannotProceed, Refused)) as caught:
        examine_file(path, path.name, Limits(10_000_000, 100, 10_000_000))
    said = caught.value.sentence
    done = connection.execute(
        """UPDATE stage_run r SET finished_at = clock_timestamp(), outcome = 'waits_for_person', reason = %s
           FROM dossier d WHERE d.id = r.dossier_id AND d.code = %s AND stage = 'intake' AND subject = %s""",
        (Jsonb({"id": said.id, "params": dict(said.params)}), code, f"document {number}"),
    )
    assert done.rowcount == 1
    connection.execute("UPDATE dossier SET road = 'waits_for_person' WHERE code = %s", (code,))
