"""Pages kept from an earlier reading, so that only what comes after OCR is done again."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter

from services.dossier.page import Page

_PAGES = TypeAdapter(tuple[Page, ...])


def keep_pages(folder: Path | None, file: Path, engine: str, read: Callable[[], tuple[Page, ...]]) -> tuple[Page, ...]:
    """The pages of a file as kept under its bytes and the engine's name, else read now and kept.

    Raises:
        OSError: the folder cannot be written, or the file not read.
    """
    if folder is None:
        return read()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:32]
    kept = folder / f"{digest}-{engine}.json"
    if kept.is_file():
        return _PAGES.validate_json(kept.read_bytes())
    pages = read()
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(_PAGES.dump_json(pages))
    return pages
