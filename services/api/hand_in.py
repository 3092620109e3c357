"""`POST /v1/dossiers`: takes a dossier in and gives its receipt."""

import hashlib
import tempfile
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, File, Form, Header, Response, UploadFile

from services import clock
from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL, check_phone
from services.access.roles import Permit
from services.api.arrived import Sent, keep_arrived, let_go
from services.api.database import Resources, resources_of
from services.api.models import Problem422, ReceiptOut
from services.api.problems import Problem, both
from services.api.upload import MeasuredRoute
from services.deadline.promise import promise_of
from services.dossier.status import Channel, DossierStatus
from services.intake.receive import Receipt, Submission, find_declared, keep_bytes, register
from services.pipeline.route import Lane
from services.storage.database import Connection
from services.storage.idempotency import find_answer, hold_key, keep_answer
from services.storage.readers import CONSENT
from services.storage.units import find_unit
from services.wording import sentence

router = APIRouter(tags=["dossiers"], route_class=MeasuredRoute)


@router.post(
    "/v1/dossiers",
    status_code=HTTPStatus.CREATED,
    response_model=ReceiptOut,
    responses={409: {"model": Problem422}, 413: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Hand in a dossier",
)
def hand_in(
    response: Response,
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[
        list[UploadFile],
        File(default_factory=list, description="1–50 files: PDF, JPEG, PNG, TIFF, WebP, HEIC, DOCX, DOC, ODT"),
    ],
    uploads: Sent,
    procedure: Annotated[str | None, Form(description="procedure code, if the applicant knows it")] = None,
    unit: Annotated[str, Form(description="receiving unit", max_length=64)] = "",
    channel: Annotated[Channel, Form(description="1 direct, 2 online, 3 post")] = Channel.ONLINE,
    applicant_name: Annotated[str, Form(max_length=200)] = "",
    applicant_phone: Annotated[str, Form(max_length=20)] = "",
    applicant_citizen_id: Annotated[str, Form(pattern=r"^(\d{9}|\d{12})?$")] = "",
    applicant_email: Annotated[str, Form(max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE)] = "",
    contact_consent: Annotated[bool, Form(description="agrees to be told by e-mail or text message")] = False,
    words: Annotated[str, Form(description="what the applicant wants, in their own words", max_length=4000)] = "",
    bulk: Annotated[bool, Form(description="bulk digitisation: yields to everything else")] = False,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> dict[str, Any]:
    """Take a dossier in: its code, its receipt and where its status is. Once answered, nothing of it can be lost."""
    _check_counter(resources, channel, unit or resources.settings.unit)
    applicant = {"name": applicant_name, "phone": check_phone(applicant_phone), "citizen_id": applicant_citizen_id}
    applicant |= {"email": applicant_email, CONSENT: "yes" if contact_consent else ""}
    with tempfile.TemporaryDirectory(prefix="motcua-upload-") as folder:
        submission = Submission(
            uploads=keep_arrived(resources, files, uploads, Path(folder)),
            unit=unit or resources.settings.unit,
            agency=resources.settings.agency_code,
            channel=channel,
            applicant={name: value for name, value in applicant.items() if value},
            words=words,
            procedure=procedure or None,
            lane=Lane.BULK if bulk else Lane.NORMAL,
        )
        answer = _receive_once(resources, submission, idempotency_key)
    let_go(resources, uploads)
    response.headers["Location"] = answer["status_url"]
    return answer


def _check_counter(resources: Resources, channel: Channel, unit: str) -> None:
    """What comes by hand or by post is taken in by the unit itself."""
    whoever = resources.principal
    if channel is Channel.ONLINE or (whoever.may(Permit.HAND_IN_COUNTER) and whoever.covers(unit)):
        return
    status = HTTPStatus.UNAUTHORIZED if whoever.way == "nobody" else HTTPStatus.FORBIDDEN
    raise Problem(status, sentence("access.counter_only"))


def _receive_once(resources: Resources, submission: Submission, key: str | None) -> dict[str, Any]:
    """Look, keep the bytes with no connection held, then write: a slow store holds up nobody else."""
    now, digest = clock.now(), _digest(submission)
    with resources.writing.connection() as connection:
        if key is not None and (answered := _answered(connection, key, digest)):
            return answered
        submission = _for_unit(connection, submission, clock.in_vietnam(now).date())
        procedure = find_declared(connection, submission.procedure, now)
    kept = keep_bytes(resources.objects, submission, procedure, now)
    with resources.writing.connection() as connection, connection.transaction():
        if key is None:
            return _receipt(register(connection, resources.settings, kept))
        hold_key(connection, key)
        # the same request may have been answered meanwhile; its bytes rest twice then, its dossier is one
        if answered := _answered(connection, key, digest):
            return answered
        receipt = register(connection, resources.settings, kept)
        answer = _receipt(receipt)
        keep_answer(connection, key, digest=digest, dossier_id=receipt.dossier_id, answer=answer, at=now)
        return answer


def _for_unit(connection: Connection, submission: Submission, day: date) -> Submission:
    """Its code is headed by the agency of its unit, where the unit has one of its own."""
    unit = find_unit(connection, submission.unit)
    if unit is not None and unit.is_closed(day):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.unit_closed", unit=unit.name))
    return replace(submission, agency=unit.agency) if unit is not None and unit.agency else submission


def _answered(connection: Connection, key: str, digest: str) -> dict[str, Any] | None:
    found = find_answer(connection, key)
    if found is not None and found[0] != digest:
        raise Problem(HTTPStatus.CONFLICT, sentence("api.key_reused"))
    return None if found is None else found[1]


def _digest(submission: Submission) -> str:
    facts = [
        submission.unit, int(submission.channel), submission.applicant, submission.words, submission.procedure,
        submission.lane, [[upload.name, upload.sha256] for upload in submission.uploads],
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(facts)).hexdigest()


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "code": receipt.code,
        "receipt_key": receipt.key,
        "received_at": clock.in_vietnam(receipt.handed_in_at).isoformat(),
        "due_at": clock.in_vietnam(receipt.due_at).isoformat() if receipt.due_at else None,
        "due_is": promise_of(DossierStatus.NEW, received=False, dated=receipt.due_at is not None, paused=False),
        "due_lines": [both(line) for line in receipt.due_lines],
        "duplicates": list(receipt.duplicates),
        "status_url": f"/v1/dossiers/{receipt.code}",
    }
