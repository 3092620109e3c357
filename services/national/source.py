"""Where dossiers in the portal's form are read from: a file, or the portal's own address."""

from pathlib import Path
from typing import Any

import httpx
import orjson

from services.dossier.errors import CannotProceed, Refused
from services.wording import sentence

TIMEOUT_S = 30.0


def read_source(source: str, token: str = "") -> list[dict[str, Any]]:
    """The dossiers of a file or address, unchecked: a JSON array, one object, or one object a line.

    Raises:
        Refused: it is none of these, or there is no such file.
        CannotProceed: the portal does not answer, or answers with an error.
    """
    data = _fetch(source, token) if source.startswith(("http://", "https://")) else _read(source)
    try:
        try:
            found = orjson.loads(data)
        except orjson.JSONDecodeError:
            found = [orjson.loads(line) for line in data.splitlines() if line.strip()]
    except orjson.JSONDecodeError as error:
        raise Refused(sentence("national.unreadable_file", source=source)) from error
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, dict) for row in rows):
        raise Refused(sentence("national.unreadable_file", source=source))
    return rows


def _read(source: str) -> bytes:
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Refused(sentence("national.unreadable_file", source=source)) from error


def _fetch(address: str, token: str) -> bytes:
    try:
        answer = httpx.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT_S)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise CannotProceed(sentence("national.portal_away", address=address)) from error
    return answer.content
