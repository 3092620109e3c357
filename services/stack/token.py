"""The token of the embedded stack: whoever may read its data folder may use its API."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from services.access.roles import Permit
from services.settings import Settings
from services.storage.database import Connection
from services.storage.sessions import add_token, find_token

TOKEN_FILE = "token"  # noqa: S105 - the name of the file, not what is in it
LASTS = timedelta(days=366)


def keep_token(connection: Connection, folder: Path, at: datetime) -> str:
    """The token in the data folder, made anew when it is missing or has run out; only its owner may read the file."""
    path = folder / TOKEN_FILE
    found = path.read_text("utf-8").strip() if path.exists() else ""
    if found and find_token(connection, found, at) is not None:
        return found
    made = add_token(connection, "local", list(Permit), (), by="motcua serve", at=at, expires_at=at + LASTS)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made


def bearer(settings: Settings, token: str = "") -> dict[str, str]:
    """The header that says who asks: the token given, that of the settings, else that of the data folder; or none."""
    path = settings.data_folder / TOKEN_FILE
    chosen = token or settings.token.get_secret_value()
    if not chosen and path.is_file() and os.access(path, os.R_OK):
        chosen = path.read_text("utf-8").strip()
    return {"Authorization": f"Bearer {chosen}"} if chosen else {}
