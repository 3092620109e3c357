"""Dossiers as they rest after the road: documents, pages, papers, fields, findings, runs and events."""

from datetime import datetime, timedelta

from psycopg.types.json import Jsonb

from services import clock
from services.catalogue.shipped import load_shipped
from services.dossier.field import Field
from services.dossier.finding import Finding, Place, Severity
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Page, TextSource
from services.dossier.paper import PageRef, Paper
from services.dossier.status import Channel
from services.intake.receive import Submission, Upload, receive_dossier
from services.settings import Settings
from services.storage.database import Connection
from services.storage.objects import open_store
from services.storage.papers import store_fields, store_findings, store_pages, store_papers
from services.storage.procedures import add_missing
from services.wording import sentence

DOCUMENTS, PAGES_EACH, FIELDS_EACH = 4, 2, 14
BOX = Box(0.21, 0.31, 0.52, 0.33)
COPIED = ("document", "page", "paper", "field", "finding")
RUNS = """INSERT INTO stage_run (id, dossier_id, stage, lane, subject, document, round, attempt, opened_at, relay_after,
              started_at, finished_at, worker, outcome)
          SELECT gen_random_uuid(), %(id)s, stage, 'normal', stage || ' ' || n, n, 1, 1, %(at)s, %(at)s,
                 %(at)s + n * interval '3 ms', %(at)s + n * interval '1 s', 'worker:1', 'done'
          FROM unnest(ARRAY['intake', 'ocr', 'classify', 'extract', 'check']) stage,
               generate_series(1, CASE WHEN stage IN ('classify', 'check') THEN 1 ELSE %(documents)s END) n"""


def draw_full(connection: Connection, settings: Settings, count: int) -> tuple[list[str], str]:
    """Write `count` alike dossiers; their codes, and the receipt's key that opens each."""
    add_missing(connection, load_shipped())
    at = clock.now() - timedelta(hours=1)
    first, key = _hand_in(connection, settings, at)
    _read(connection, first)
    codes = [_copy(connection, first, number) for number in range(count)]
    connection.execute("VACUUM ANALYZE")
    return codes, key


def _hand_in(connection: Connection, settings: Settings, at: datetime) -> tuple[int, str]:
    file = settings.data_folder / "upload"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF-1.4")
    uploads = tuple(Upload(file, f"giấy tờ {n}.pdf", f"{n:064}") for n in range(1, DOCUMENTS + 1))
    applicant = {"name": "Nông Thị Hoa", "phone": "0912345678", "citizen_id": "020190001234"}
    submission = Submission(uploads, "tinh", "H37.00", Channel.DIRECT, applicant, procedure="1.001193")
    receipt = receive_dossier(connection, open_store(settings), settings, submission, at)
    connection.execute("DELETE FROM stage_run")
    connection.execute(RUNS, {"id": receipt.dossier_id, "at": at, "documents": DOCUMENTS})
    connection.execute("UPDATE dossier SET road = 'finished'")
    connection.execute(
        "INSERT INTO event (dossier_id, at, kind, data) SELECT %s, %s, 'run_closed', %s FROM generate_series(1, 30)",
        (receipt.dossier_id, at, Jsonb({"stage": "ocr", "outcome": "done"})),
    )
    return receipt.dossier_id, receipt.key


def _read(connection: Connection, dossier_id: int) -> None:
    kinds = list(PaperKind)[:DOCUMENTS]
    papers = []
    for number, kind in enumerate(kinds, start=1):
        pages = [
            Page(n, 1240, 1754, (), TextSource.OCR, "pytesseract", ("grey",), document=number)
            for n in range(1, PAGES_EACH + 1)
        ]
        store_pages(connection, dossier_id, number, pages)
        refs = tuple(PageRef(number, page.number) for page in pages)
        guesses = tuple((other, 0.9 / place) for place, other in enumerate(kinds[:3], start=1))
        papers.append(Paper(number, refs, kind, 0.97, guesses, "TỜ KHAI ĐĂNG KÝ KHAI SINH"))
    store_papers(connection, dossier_id, papers)
    for paper in papers:
        fields = [
            Field(f"field_{n}", f"Nông Thị Hoa {n}", f"NÔNG THỊ HOA {n}", 0.93, 1, BOX, TextSource.OCR, paper.number)
            for n in range(FIELDS_EACH)
        ]
        store_fields(connection, dossier_id, paper.number, fields)
    places = (Place(1, 1, BOX),)
    findings = [
        Finding("missing_paper", Severity.BLOCKING, sentence("check.missing_paper", name=f"giấy {n}"), places)
        for n in range(6)
    ]  # fmt: skip
    store_findings(connection, dossier_id, "check", "dossier", findings)


def _copy(connection: Connection, first: int, number: int) -> str:
    code = f"H37.00-260101-{number:05d}"
    with connection.transaction():
        names = _columns(connection, "dossier", {"id", "code"})
        row = connection.execute(
            f"INSERT INTO dossier (code, {names}) SELECT %s, {names} FROM dossier WHERE id = %s RETURNING id".encode(),
            (code, first),
        ).fetchone()
        for table in (*COPIED, "event", "stage_run"):
            own = {"event": {"id"}, "stage_run": {"id"}}.get(table, set())
            names = _columns(connection, table, {"dossier_id", *own})
            fresh = ("id, ", "gen_random_uuid(), ") if table == "stage_run" else ("", "")
            connection.execute(
                f"""INSERT INTO {table} ({fresh[0]}dossier_id, {names})
                    SELECT {fresh[1]}%s, {names} FROM {table} WHERE dossier_id = %s""".encode(),
                (row and row[0], first),
            )
    return code


def _columns(connection: Connection, table: str, without: set[str]) -> str:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s", (table,)
    ).fetchall()
    return ", ".join(f'"{name}"' for (name,) in rows if name not in without)
