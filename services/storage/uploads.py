"""Files that arrive in pieces: each piece rests in the object store, its row says where in the file it belongs."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from services.dossier.errors import Refused
from services.storage.database import Connection
from services.storage.objects import PASSING, ObjectStore
from services.wording import sentence

MOST_PIECES = 5000
"""Of one file; whoever sends single bytes is not sending a paper."""
CLEANED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file on its way; `received` of its `size` bytes are kept until `expires_at`."""

    id: str
    name: str
    size: int
    received: int
    expires_at: datetime

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return self.received == self.size


@dataclass(frozen=True, slots=True)
class Room:
    """How much may wait to be handed in: files from one address, bytes from all."""

    files: int
    size: int


def announce_upload(
    connection: Connection, *, name: str, size: int, address: str, room: Room, now: datetime, expires_at: datetime
) -> Arriving:
    """A file will come; its id cannot be guessed, and knowing it is the right to send it.

    Raises:
        Refused: too much waits already.
    """
    row = connection.execute(
        """SELECT count(*) FILTER (WHERE address = %(address)s), coalesce(sum(size), 0) FROM upload
           WHERE expires_at > %(now)s""",
        {"address": address, "now": now},
    ).fetchone()
    if row is None or row[0] >= room.files or int(row[1]) + size > room.size:
        raise Refused(sentence("api.uploads_full"))
    made = Arriving(secrets.token_urlsafe(24), name, size, 0, expires_at)
    connection.execute(
        "INSERT INTO upload (id, name, size, address, expires_at) VALUES (%s, %s, %s, %s, %s)",
        (made.id, name, size, address, expires_at),
    )
    return made


def find_upload(connection: Connection, id_: str, now: datetime) -> Arriving | None:
    """The file of this id, unless nobody waits for it any more."""
    row = connection.execute(
        "SELECT id, name, size, received, expires_at FROM upload WHERE id = %s AND expires_at > %s",
        (id_.replace("\0", ""), now),
    ).fetchone()
    return None if row is None else Arriving(*row)


def open_piece(connection: Connection, upload: Arriving) -> str:
    """The key for a file's next bytes; its row comes before them, so that cleaning knows of whatever may lie there.

    Raises:
        Refused: it comes in too many pieces.
    """
    key = f"{PASSING}{upload.id}/{upload.received:012d}-{secrets.token_hex(4)}"
    row = connection.execute("SELECT count(*) FROM upload_piece WHERE upload_id = %s", (upload.id,)).fetchone()
    if row is None or row[0] >= MOST_PIECES:
        raise Refused(sentence("api.upload_pieces"))
    connection.execute(
        "INSERT INTO upload_piece (key, upload_id, begins) VALUES (%s, %s, %s)", (key, upload.id, upload.received)
    )
    return key


def count_piece(connection: Connection, upload: Arriving, key: str, size: int, expires_at: datetime) -> int | None:
    """A piece that rests in the store counts; how many bytes have arrived now, None where another piece was faster."""
    with connection.transaction():
        row = connection.execute(
            """UPDATE upload SET received = received + %s, expires_at = %s WHERE id = %s AND received = %s
               RETURNING received""",
            (size, expires_at, upload.id, upload.received),
        ).fetchone()
        if row is not None:
            connection.execute("UPDATE upload_piece SET size = %s WHERE key = %s", (size, key))
    return None if row is None else int(row[0])


def piece_keys(connection: Connection, upload: Arriving) -> list[str]:
    """Where the pieces of a file rest, in their order."""
    rows = connection.execute(
        "SELECT key FROM upload_piece WHERE upload_id = %s AND size IS NOT NULL ORDER BY begins", (upload.id,)
    ).fetchall()
    return [key for (key,) in rows]


def join_pieces(objects: ObjectStore, keys: list[str], path: Path) -> None:
    """Write the pieces of a file one after the other into `path`.

    Raises:
        StoreAway: the store does not answer.
    """
    with TemporaryDirectory(prefix="motcua-pieces-") as folder, path.open("wb") as whole:
        piece = Path(folder) / "piece"
        for key in keys:
            objects.get(key, piece)
            whole.write(piece.read_bytes())


def expire_uploads(connection: Connection, ids: list[str], at: datetime) -> None:
    """Files of a dossier that was handed in are waited for no longer than this; a lost answer may be asked for anew."""
    connection.execute("UPDATE upload SET expires_at = least(expires_at, %s) WHERE id = ANY(%s)", (at, ids))


def uploads_ended(connection: Connection, now: datetime) -> bool:
    """Whether there is anything to clean."""
    return connection.execute("SELECT 1 FROM upload WHERE expires_at <= %s LIMIT 1", (now,)).fetchone() is not None


def clean_uploads(connection: Connection, objects: ObjectStore, now: datetime) -> int:
    """Remove what nobody waits for any more, bytes first; how many files.

    Raises:
        StoreAway: the store does not answer; the rows stay, and are tried again.
    """
    with connection.transaction():
        rows = connection.execute(
            "SELECT id FROM upload WHERE expires_at <= %s ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED",
            (now, CLEANED_AT_ONCE),
        ).fetchall()
        ids = [id_ for (id_,) in rows]
        pieces = connection.execute("SELECT key FROM upload_piece WHERE upload_id = ANY(%s)", (ids,)).fetchall()
        for (key,) in pieces:
            objects.remove(key)
        connection.execute("DELETE FROM upload WHERE id = ANY(%s)", (ids,))
    return len(ids)
