"""A file of procedures brought into the catalogue: first what it would change, then, confirmed, the change."""

import hashlib
import tempfile
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile
from pydantic import BaseModel

from services import clock
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.models import Problem422
from services.api.problems import Problem, both
from services.catalogue.differences import find_differences, find_emptied
from services.catalogue.imported import Imported
from services.catalogue.plan import ImportPlan, plan_import
from services.catalogue.procedure import Procedure
from services.catalogue.source import read_procedures
from services.storage.procedures import latest_procedures, store_procedures
from services.wording import sentence

router = APIRouter(tags=["catalogue"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (403, 404, 413, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
MOST_MB = 64
MEBIBYTE = 1024 * 1024
TOLD = 200


class ConfirmIn(BaseModel):
    """`renew`: known procedures get a new version; `effective_from`: the day from which what is new holds."""

    renew: bool = False
    effective_from: Day | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file read and laid over the catalogue; `known` are the newest versions that are there, by code."""

    sha256: str
    imported: Imported
    plan: ImportPlan
    known: dict[str, Procedure]


@router.post("/v1/catalogue/imports", responses=PROBLEMS, summary="What a file of procedures would change")
def look(
    resources: OurResources,
    file: Annotated[UploadFile, File(description="JSON or JSONL, gzipped or not, at most 64 MiB")],
    renew: Annotated[bool, Form(description="known procedures get a new version")] = False,
) -> dict[str, Any]:
    """What would be added, renewed and kept, with every doubt; the file is kept so that `id` can be confirmed."""
    return tell(preview_file(resources, file, renew=renew))


@router.post("/v1/catalogue/imports/{digest}", responses=PROBLEMS, summary="Import a file that was looked at")
def confirm(digest: Digest, asked: ConfirmIn, resources: OurResources) -> dict[str, Any]:
    """Stores what the preview showed; dossiers keep the version they were received under."""
    raw = _fetch(resources, digest)
    day = asked.effective_from or clock.in_vietnam(clock.now()).date()
    imported = read_procedures(raw, digest)
    with resources.writing.connection() as connection, connection.transaction():
        plan = plan_import(latest_procedures(connection), imported.procedures, day, renew=asked.renew)
        store_procedures(connection, plan.store)
    counts: dict[str, Any] = {"added": len(plan.added), "renewed": len(plan.renewed), "kept": len(plan.kept)}
    note(resources, "catalogue_imported", digest[:12], **counts, effective_from=day.isoformat())
    return counts


def preview_file(resources: Resources, file: UploadFile, *, renew: bool) -> ImportPreview:
    """Read an upload, keep it, and lay it over the catalogue; nothing in the catalogue changes.

    Raises:
        Problem: 413, it is too large.
        Refused: it is no file of procedures.
    """
    raw = file.file.read(MOST_MB * MEBIBYTE + 1)
    if len(raw) > MOST_MB * MEBIBYTE:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("catalogue.import_too_large", limit_mb=MOST_MB))
    imported = read_procedures(raw, file.filename or "?")
    digest = hashlib.sha256(raw).hexdigest()
    with tempfile.TemporaryDirectory(prefix="motcua-catalogue-") as folder:
        path = FilePath(folder) / "file"
        path.write_bytes(raw)
        resources.objects.put(_key(digest), path)
    with resources.writing.connection() as connection:
        known = {one.code: one for one in latest_procedures(connection)}
    day = clock.in_vietnam(clock.now()).date()
    return ImportPreview(digest, imported, plan_import(known.values(), imported.procedures, day, renew=renew), known)


def tell(found: ImportPreview) -> dict[str, Any]:
    """The preview as JSON; lists end after 200 lines, the counts are whole."""
    by_code = {one.code: one for one in reversed(found.imported.procedures)}
    plan = found.plan
    return {
        "id": found.sha256,
        "read": len(found.imported.procedures), "with_time": sum(bool(one.times) for one in found.imported.procedures),
        "added": len(plan.added), "renewed": len(plan.renewed), "kept": len(plan.kept),
        "notes": len(found.imported.notes),
        "added_first": [{"code": code, "name": by_code[code].name_vi} for code in plan.added[:TOLD]],
        "renewed_first": [
            {"code": code, "name": by_code[code].name_vi, "parts": find_differences(found.known[code], by_code[code]),
             "emptied": find_emptied(found.known[code], by_code[code])}
            for code in plan.renewed[:TOLD]
        ],
        "notes_first": [{"code": one.code, "text": both(one.sentence)} for one in found.imported.notes[:TOLD]],
    }  # fmt: skip


def _fetch(resources: Resources, digest: str) -> bytes:
    if not resources.objects.exists(_key(digest)):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("catalogue.import_gone"))
    with tempfile.TemporaryDirectory(prefix="motcua-catalogue-") as folder:
        path = FilePath(folder) / "file"
        resources.objects.get(_key(digest), path)
        return path.read_bytes()


def _key(digest: str) -> str:
    return f"catalogue/imports/{digest}"
