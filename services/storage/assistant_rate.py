"""How many messages an address may send in a minute, counted in the database for all processes together."""

import hashlib
import math
from datetime import datetime, timedelta

from services.storage.database import Connection

MINUTE = timedelta(minutes=1)


def take_turn(connection: Connection, address: str, limit: int, now: datetime) -> int:
    """Seconds until the address may send again; 0 when it may now, which then counts.

    A token bucket: `limit` messages at once, and one more every `60 / limit` seconds. Addresses are kept as hashes, and
    forgotten after a minute without a message.
    """
    caller = hashlib.sha256(f"{now:%Y-%m-%d} {address}".encode()).hexdigest()[:32]
    asked = {"caller": caller, "limit": limit, "now": now}
    taken = connection.execute(
        """INSERT INTO assistant_rate AS r (caller, allowance, at) VALUES (%(caller)s, %(limit)s - 1, %(now)s)
           ON CONFLICT (caller) DO UPDATE SET at = excluded.at, allowance =
               least(%(limit)s, r.allowance + extract(epoch FROM excluded.at - r.at) * %(limit)s / 60.0) - 1
           WHERE r.allowance + extract(epoch FROM excluded.at - r.at) * %(limit)s / 60.0 >= 1
           RETURNING allowance""",
        asked,
    ).fetchone()
    connection.execute("DELETE FROM assistant_rate WHERE at < %s", (now - MINUTE,))
    if taken is not None:
        return 0
    row = connection.execute(
        """SELECT (1 - allowance) * 60.0 / %(limit)s - extract(epoch FROM %(now)s::timestamptz - at)
           FROM assistant_rate WHERE caller = %(caller)s""",
        asked,
    ).fetchone()
    return max(1, math.ceil(row[0])) if row else 1
