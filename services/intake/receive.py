"""The door: bytes to the object store first, then the dossier, its files and their first runs in one transaction."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.catalogue.procedure import Procedure
from services.clock import in_vietnam
from services.dossier.errors import Refused
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.status import Channel, DossierStatus
from services.pipeline.route import Lane, Stage
from services.settings import Settings
from services.storage.appointments import appoint, is_same_day
from services.storage.database import Connection
from services.storage.dossiers import NewDocument, NewDossier, add_documents, add_dossier, next_number, set_road
from services.storage.events import note_event
from services.storage.history import append_history
from services.storage.objects import ObjectStore
from services.storage.procedures import find_procedure
from services.storage.projection import project
from services.storage.runs import Opening, Subject, open_runs, tell_relay
from services.wording import Sentence, sentence

RECEIPT_KEY_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that has arrived whole: where it lies, its safe display name and its SHA-256 (hex)."""

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Came:
    """What another system settled before: the dossier's code, when it was handed in, and received (None: not yet)."""

    code: str
    handed_in_at: datetime
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a citizen or an officer hands in; `agency` is the code that heads the dossier's own code; `came` says what
    is settled already where another system took it in."""

    uploads: tuple[Upload, ...]
    unit: str
    agency: str
    channel: Channel
    applicant: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    procedure: str | None = None
    lane: Lane = Lane.NORMAL
    came: Came | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant takes home: the code, the key that opens its status, and files that came twice."""

    dossier_id: int
    code: str
    key: str
    handed_in_at: datetime
    duplicates: tuple[str, ...] = ()
    due_at: datetime | None = None
    due_lines: tuple[Sentence, ...] = ()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hex; read in pieces so that memory stays flat."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission whose bytes rest in the object store, and what is known of its procedure; no row says so yet."""

    submission: Submission
    procedure: Procedure | None
    documents: tuple[NewDocument, ...]
    duplicates: tuple[str, ...]
    at: datetime


def receive_dossier(
    connection: Connection, objects: ObjectStore, settings: Settings, submission: Submission, at: datetime
) -> Receipt:
    """Take a dossier in: once this returns, nothing of it can be lost.

    Raises:
        Refused: the procedure named is not in force.
        StoreAway, StoreFull: the bytes could not be kept, so nothing was taken in.
        psycopg.OperationalError: the database is away; bytes without a row are no dossier.
    """
    procedure = find_declared(connection, submission.procedure, at)
    return register(connection, settings, keep_bytes(objects, submission, procedure, at))


def find_declared(connection: Connection, code: str | None, at: datetime) -> Procedure | None:
    """The procedure that was named, in the version in force.

    Raises:
        Refused: it is not in force.
    """
    if code is None:
        return None
    procedure = find_procedure(connection, code, on=in_vietnam(at).date())
    if procedure is None:
        raise Refused(sentence("intake.no_procedure", code=code))
    return procedure


def keep_bytes(objects: ObjectStore, submission: Submission, procedure: Procedure | None, at: datetime) -> Kept:
    """Bytes first; it may take as long as the store takes, so hold no connection meanwhile.

    Raises:
        StoreAway, StoreFull: they could not be kept.
    """
    if procedure is not None and is_same_day(procedure) and submission.lane is Lane.NORMAL:
        submission = replace(submission, lane=Lane.EXPRESS)
    documents, duplicates = store_uploads(objects, submission.uploads, at)
    return Kept(submission, procedure, tuple(documents), duplicates, at)


def register(connection: Connection, settings: Settings, kept: Kept) -> Receipt:
    """The dossier, its files and their first runs in one transaction: with it the dossier is taken in."""
    with connection.transaction():
        receipt = _write(connection, settings, kept.submission, list(kept.documents), kept.at)
        if kept.procedure is not None:
            due = appoint(connection, receipt.dossier_id, kept.procedure, kept.submission.lane).due
            if due is not None:
                receipt = replace(receipt, due_at=due.at, due_lines=due.lines)
    return replace(receipt, duplicates=kept.duplicates)


def store_uploads(
    objects: ObjectStore, uploads: Sequence[Upload], at: datetime
) -> tuple[list[NewDocument], tuple[str, ...]]:
    """Put files into the store; what came twice is kept once and named.

    Raises:
        StoreAway, StoreFull: they could not be kept.
    """
    folder = f"originals/{in_vietnam(at):%Y/%m/%d}/{uuid4()}"
    kept: dict[str, NewDocument] = {}
    duplicates: list[str] = []
    for upload in uploads:
        if upload.sha256 in kept:
            duplicates.append(upload.name)
            continue
        key = f"{folder}/{upload.sha256}"
        objects.put(key, upload.path)
        kept[upload.sha256] = NewDocument(upload.name, upload.sha256, upload.path.stat().st_size, key)
    return list(kept.values()), tuple(duplicates)


def _write(
    connection: Connection, settings: Settings, submission: Submission, documents: list[NewDocument], at: datetime
) -> Receipt:
    came = submission.came
    code = came.code if came else _next_code(connection, settings, submission.agency, at)
    key = "".join(secrets.choice(RECEIPT_KEY_LETTERS) for _ in range(8))
    dossier_id = add_dossier(
        connection,
        NewDossier(
            code=code,
            unit=submission.unit,
            channel=submission.channel,
            applicant=submission.applicant,
            words=submission.words,
            declared_procedure=submission.procedure,
            lane=submission.lane,
            status=DossierStatus.NEW,
            submitted_at=came.handed_in_at if came else at,
            receipt_key=key,
        ),
    )
    append_history(connection, dossier_id, _first_facts(submission, at), after=0)
    project(connection, dossier_id)
    numbers = add_documents(connection, dossier_id, documents, at)
    open_runs(connection, dossier_id, submission.lane, [Opening(Stage.INTAKE, Subject(n), wait_s=0) for n in numbers])
    at_counter = submission.channel is Channel.DIRECT
    note_event(connection, dossier_id, at, "dossier_received", {"files": len(numbers), "at_counter": at_counter})
    if not numbers:
        # nothing for the machine to read
        set_road(connection, dossier_id)
    tell_relay(connection)
    return Receipt(dossier_id, code, key, at)


def _first_facts(submission: Submission, at: datetime) -> list[HistoryEvent]:
    """Handed in at the counter is received; what comes by post or online waits for an officer to receive it."""
    if came := submission.came:
        received = [HistoryEvent(EventKind.RECEIVED, came.received_at)] if came.received_at else []
        return [HistoryEvent(EventKind.SUBMITTED, came.handed_in_at), *received]
    submitted = HistoryEvent(EventKind.SUBMITTED, at)
    return [submitted, HistoryEvent(EventKind.RECEIVED, at)] if submission.channel is Channel.DIRECT else [submitted]


def _next_code(connection: Connection, settings: Settings, agency: str, at: datetime) -> str:
    day = in_vietnam(at).date()
    number = next_number(connection, agency, day)
    return settings.dossier_code_format.format(agency=agency, day=day, number=number)
