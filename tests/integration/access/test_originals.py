"""Who has the bytes of a file as it was sent: whoever may read that dossier, and nobody else."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.access.roles import GRANTS, Permit, Role
from services.settings import Settings
from services.storage.database import Connection
from services.storage.objects import open_store
from tests.integration.access.conftest import CODES, KEY, OTHER, OWN, Somebody

CONTENT = b"\x00 broken, and yet somebody's paper"
ADDRESSES = {unit: f"/v1/dossiers/{code}/documents/1/original" for unit, code in CODES.items()}


@pytest.fixture
def files(closed: TestClient, settings: Settings, connection: Connection, tmp_path: Path) -> None:
    """A real file in the store for the dossier of each unit."""
    assert closed
    path = tmp_path / "sent"
    path.write_bytes(CONTENT)
    digest = hashlib.sha256(CONTENT).hexdigest()
    open_store(settings).put(f"originals/{digest}", path)
    for code in CODES.values():
        connection.execute(
            """INSERT INTO document (dossier_id, number, name, sha256, size, key, added_at)
               SELECT id, 1, 'hỏng.pdf', %s, %s, %s, %s FROM dossier WHERE code = %s""",
            (digest, len(CONTENT), f"originals/{digest}", clock.now(), code),
        )


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITIZEN])
def test_staff_have_the_files_of_their_unit(
    role: Role, closed: TestClient, connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """Who may read has every byte, and it is written down who looked; another unit's file is not known of."""
    somebody = signed_in(role)
    closed.cookies.update(somebody.cookies)
    may = Permit.READ in GRANTS[role]
    own = closed.get(ADDRESSES[OWN])
    assert (own.status_code, own.content == CONTENT) == ((200, True) if may else (403, False))
    other = closed.get(ADDRESSES[OTHER])
    assert (other.status_code, CONTENT in other.content) == (404 if may else 403, False)
    seen = connection.execute("SELECT count(*) FROM audit WHERE action = 'document_seen'").fetchone()
    assert seen == (int(may),)


@pytest.mark.usefixtures("files")
def test_neither_the_street_nor_a_receipt_has_them(closed: TestClient) -> None:
    """A receipt follows a dossier; its holder has the file at home."""
    assert closed.get(ADDRESSES[OWN]).status_code == 401
    for unit in (OWN, OTHER):
        answer = closed.get(ADDRESSES[unit], headers={"x-receipt-key": KEY})
        assert answer.status_code in {401, 403}
        assert CONTENT not in answer.content
