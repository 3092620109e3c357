"""The second factor of a receipt: whoever holds the paper may follow the dossier it names."""

import secrets

from services.storage.database import AsyncConnection


async def receipt_opens(connection: AsyncConnection, code: str, key: str) -> bool:
    """Whether the key printed on the receipt belongs to the dossier; takes as long for a wrong one."""
    row = await (await connection.execute("SELECT receipt_key FROM dossier WHERE code = %s", (code,))).fetchone()
    kept = "" if row is None else str(row[0])
    return secrets.compare_digest(kept.encode(), key.strip().upper().encode()) and bool(kept)
