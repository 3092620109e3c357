"""Submits folders, files and ZIPs to a running server, as the portal would."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from services.dossier.errors import CannotProceed, Refused
from services.intake.unpack import files_of, unpack_zip
from services.settings import Settings
from services.storage.documents import limits_of
from services.wording import sentence

TIMEOUT_S = 300
ZIP_MAGIC = b"PK\x03\x04"
OFFICE_ENDINGS = {".docx", ".odt"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one dossier and what is said with them."""

    source: str
    files: tuple[Path, ...]
    procedure: str | None = None
    words: str = ""


def dossiers_of(path: Path) -> list[Bundle]:
    """Each sub-folder of a folder is a dossier; without sub-folders each of its files is; a file is one.

    Raises:
        Refused: there is nothing to submit.
    """
    if path.is_file():
        return [Bundle(path.name, (path,))]
    folders = sorted(entry for entry in path.iterdir() if entry.is_dir()) if path.is_dir() else []
    bundles = [
        Bundle(folder.name, files) for folder in folders if (files := tuple(filter(_is_paper, files_of(folder))))
    ]
    loose = sorted(path.iterdir()) if path.is_dir() else []
    bundles += [Bundle(file.name, (file,)) for file in loose if _is_paper(file)]
    if not bundles:
        raise Refused(sentence("stack.nothing_to_submit", path=path.name))
    return bundles


def _is_paper(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.suffix not in {".json", ".txt", ".md"}


def submit_bundle(client: httpx.Client, bundle: Bundle, settings: Settings) -> dict[str, Any]:
    """Hand in one dossier; its receipt. A ZIP is unpacked here, safely, and its files are handed in.

    Raises:
        Refused: the server or the ZIP's own faults do not let it in.
        CannotProceed: the server does not answer.
    """
    with ExitStack() as opened, tempfile.TemporaryDirectory(prefix="motcua-submit-") as folder:
        files = list(_unpacked(bundle.files, Path(folder), settings))
        parts = [("files", (file.name, opened.enter_context(file.open("rb")))) for file in files]
        data = {"channel": "1", "words": bundle.words, **({"procedure": bundle.procedure} if bundle.procedure else {})}
        try:
            answer = client.post("/v1/dossiers", files=parts, data=data, timeout=TIMEOUT_S)
        except httpx.HTTPError as error:
            raise CannotProceed(sentence("stack.server_away", url=str(client.base_url))) from error
    if answer.status_code != httpx.codes.CREATED:
        told = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        why = told.get("detail", answer.reason_phrase)
        raise Refused(sentence("stack.not_accepted", source=bundle.source, why=why))
    receipt: dict[str, Any] = answer.json()
    return receipt


def _unpacked(files: tuple[Path, ...], folder: Path, settings: Settings) -> Iterator[Path]:
    for file in files:
        with file.open("rb") as opened:
            is_zip = opened.read(4) == ZIP_MAGIC and file.suffix.lower() not in OFFICE_ENDINGS
        if is_zip:
            yield from unpack_zip(file, folder, limits_of(settings))
        else:
            yield file
