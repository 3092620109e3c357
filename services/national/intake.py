"""Dossiers in the national portal's form taken in: the form checked, each code once, files through the same door.

A dossier keeps the code the portal gave it: one dossier has one code. What was taken in once is answered again with the
same receipt; the same code with other contents is a conflict that a person looks at.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
from psycopg.errors import UniqueViolation
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.clock import VIETNAM
from services.dossier.errors import Conflict, Refused
from services.dossier.status import Channel, DossierStatus
from services.intake.names import safe_name
from services.intake.receive import Came, Submission, Upload, find_declared, keep_bytes, register
from services.national.payload import MOMENT
from services.settings import Settings
from services.storage.database import Connection
from services.storage.idempotency import find_answer, hold_key, keep_answer
from services.storage.objects import ObjectStore
from services.storage.units import list_units
from services.wording import sentence

TAKEN_IN = frozenset({DossierStatus.NEW, DossierStatus.RECEIVED})
_PROCEDURE = re.compile(r"([1-6]\.\d{6})(\.[0-9A-Z.]+)?")
Moment = Annotated[str, Field(pattern=r"^\d{14}$", examples=["20261124083000"])]


class _Sent(BaseModel):
    """Fields by the portal's names; what this system does not use is let pass."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")


class FileSent(_Sent):
    """One file; `NoiDungTep` is this system's own field for the bytes, in base64, where they travel along."""

    name: str = Field(alias="TenTepDinhKem", min_length=1, max_length=255)
    digitised: int = Field(1, alias="DuocSoHoa", ge=0, le=1)
    from_store: int = Field(0, alias="DuocLayTuKhoDMQG", ge=0, le=1)
    content: str = Field("", alias="NoiDungTep", max_length=300_000_000)


class DossierSent(_Sent):
    """A dossier as the portal sends it."""

    code: str = Field(
        alias="MaHoSo", pattern=r"^[A-Z0-9][A-Z0-9.]{1,34}-\d{6,8}-\d{4,8}$", examples=["H37.05-261124-0001"]
    )
    procedure: str = Field(alias="MaTTHC", pattern=r"^[1-6]\.\d{6}(\.[0-9A-Z.]+)?$", examples=["1.001193"])
    holder: str = Field(alias="ChuHoSo", min_length=1, max_length=200)
    holder_kind: int = Field(1, alias="LoaiDoiTuong", ge=1, le=2)
    unit: str = Field(alias="MaDonViTiepNhan", min_length=1, max_length=64)
    channel: int = Field(alias="KenhThucHien", ge=1, le=3)
    status: int = Field(1, alias="TrangThai", ge=1, le=10)
    handed_in: Moment = Field(alias="NgayNop")
    received: Moment | None = Field(None, alias="NgayTiepNhan")
    files: list[FileSent] = Field([], alias="TaiLieuNop", max_length=50)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`answer` is the receipt; `known`: it was taken in before, and nothing was done."""

    answer: dict[str, Any]
    known: bool


def read_sent(row: Mapping[str, Any]) -> DossierSent:
    """A dossier in the portal's form.

    Raises:
        Refused: it has not the form; the sentence names the fields.
    """
    try:
        return DossierSent.model_validate(row)
    except ValidationError as error:
        where = ", ".join(sorted({".".join(str(part) for part in fault["loc"]) for fault in error.errors()}))
        raise Refused(sentence("national.bad_form", where=where)) from error


def find_unit_of(connection: Connection, sent: DossierSent) -> str:
    """The unit whose id or agency code the portal names.

    Raises:
        Refused: there is none.
    """
    for unit in list_units(connection):
        if sent.unit in {unit.id, unit.agency}:
            return unit.id
    raise Refused(sentence("deadline.unknown_unit", unit=sent.unit))


def take_in(
    connection: Connection, objects: ObjectStore, settings: Settings, sent: DossierSent, *, now: datetime, folder: Path
) -> TakenIn:
    """Take one dossier in; `folder` is for its files on their way to the store.

    Raises:
        Conflict: the code was taken in with other contents.
        Refused: unit, procedure, state or a moment is none that can be taken in.
        StoreAway, StoreFull: nothing was taken in.
    """
    digest = hashlib.sha256(orjson.dumps(sent.model_dump())).hexdigest()
    key = f"national:{sent.code}"
    if (known := _known(connection, key, digest)) is not None:
        return TakenIn(known, known=True)
    submission = _submission(connection, settings, sent, now, folder)
    kept = keep_bytes(objects, submission, find_declared(connection, submission.procedure, now), now)
    try:
        with connection.transaction():
            hold_key(connection, key)
            if (known := _known(connection, key, digest)) is not None:
                return TakenIn(known, known=True)
            receipt = register(connection, settings, kept)
            answer = {"MaHoSo": receipt.code, "MaTraCuu": receipt.key, "TrangThai": sent.status,
                      "TepDaNhan": len(kept.documents)}  # fmt: skip
            keep_answer(connection, key, digest=digest, dossier_id=receipt.dossier_id, answer=answer, at=now)
    except UniqueViolation as error:
        raise Conflict(sentence("national.code_taken", code=sent.code)) from error
    return TakenIn(answer, known=False)


def _known(connection: Connection, key: str, digest: str) -> dict[str, Any] | None:
    found = find_answer(connection, key)
    if found is not None and found[0] != digest:
        raise Conflict(sentence("national.code_taken", code=key.partition(":")[2]))
    return None if found is None else found[1]


def _submission(
    connection: Connection, settings: Settings, sent: DossierSent, now: datetime, folder: Path
) -> Submission:
    if sent.status not in TAKEN_IN:
        raise Refused(sentence("national.not_new", status=sent.status))
    match = _PROCEDURE.fullmatch(sent.procedure)
    handed_in = _moment("NgayNop", sent.handed_in)
    received = _moment("NgayTiepNhan", sent.received) if sent.received else None
    if sent.status == DossierStatus.RECEIVED and received is None:
        raise Refused(sentence("national.bad_form", where="NgayTiepNhan"))
    if not handed_in <= (received or handed_in) <= now:
        raise Refused(sentence("national.bad_moments"))
    return Submission(
        uploads=tuple(
            _upload(file, number, folder) for number, file in enumerate(sent.files, start=1) if file.content
        ),
        unit=find_unit_of(connection, sent),
        agency=settings.agency_code,
        channel=Channel(sent.channel),
        applicant={"name": sent.holder},
        procedure=match[1] if match else sent.procedure,
        came=Came(sent.code, handed_in, received if sent.status == DossierStatus.RECEIVED else None),
    )  # fmt: skip


def _moment(name: str, text: str) -> datetime:
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=VIETNAM)
    except ValueError as error:
        raise Refused(sentence("national.bad_form", where=name)) from error


def _upload(file: FileSent, number: int, folder: Path) -> Upload:
    try:
        content = base64.b64decode(file.content, validate=True)
    except binascii.Error as error:
        raise Refused(sentence("national.bad_form", where=f"TaiLieuNop.{number - 1}.NoiDungTep")) from error
    path = folder / str(number)
    path.write_bytes(content)
    return Upload(path, safe_name(file.name), hashlib.sha256(content).hexdigest())
