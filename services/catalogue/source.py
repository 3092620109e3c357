"""Procedures out of one file, its kind told by the keys of its items."""

import gzip
import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from services.catalogue.collected import import_collected
from services.catalogue.imported import Imported
from services.catalogue.portal import import_portal
from services.dossier.errors import Refused
from services.wording import sentence

GZIP = b"\x1f\x8b"
MOST_BYTES = 512 * 1024 * 1024


def read_procedures(raw: bytes, name: str) -> Imported:
    """What a file of JSON or JSONL, gzipped or not, says; `name` is the file's, for people.

    Raises:
        Refused: it is no JSON or JSONL, unpacks to more than 512 MiB, or its items are of no known kind.
    """
    try:
        rows = list(read_rows(raw))
    except (EOFError, OSError, ValueError, zlib.error, RecursionError):
        raise Refused(sentence("catalogue.not_procedures", file=name)) from None
    if rows and all("ma_thu_tuc" in row for row in rows):
        return import_portal(rows)
    if rows and all("code" in row for row in rows):
        return import_collected(rows)
    raise Refused(sentence("catalogue.not_procedures", file=name))


def read_rows(raw: bytes) -> Iterator[dict[str, Any]]:
    """The items of the file.

    Raises:
        ValueError: it is no JSON or JSONL of objects, or too large.
        OSError, EOFError, zlib.error: it is no whole gzip file.
    """
    text = _unpack(raw).decode("utf-8")
    stripped = text.lstrip("\ufeff \r\n\t")
    rows = json.loads(stripped) if stripped.startswith("[") else [json.loads(line) for line in stripped.splitlines()]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("the items are no objects")
    yield from rows


def _unpack(raw: bytes) -> bytes:
    if not raw.startswith(GZIP):
        return raw
    with gzip.GzipFile(fileobj=BytesIO(raw)) as packed:
        found = packed.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise ValueError("too large once unpacked")
    return found
