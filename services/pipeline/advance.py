"""What follows a run: fan-out and fan-in, by counting rows. The caller holds the dossier's row."""

from services.pipeline.route import Stage
from services.storage.database import Connection
from services.storage.runs import Opening, Run, Subject, count_open, newest_round, supersede_runs

READING = (Stage.INTAKE, Stage.OCR)
UNDERSTANDING = (Stage.CLASSIFY, Stage.EXTRACT, Stage.CHECK)


def next_openings(connection: Connection, run: Run, *, done: bool, pages_per_run: int) -> list[Opening]:
    """The runs to open now that this one has its last outcome; `done` says whether it found what it was for."""
    match Stage(run.stage):
        case Stage.INTAKE if done and (ranges := _page_ranges(connection, run, pages_per_run)):
            return ranges
        case Stage.INTAKE | Stage.OCR:
            return _when_all_read(connection, run)
        case Stage.CLASSIFY if done:
            return _papers(connection, run) or [_whole_dossier(connection, run, Stage.CHECK)]
        case Stage.EXTRACT if not count_open(connection, run.dossier_id, [Stage.EXTRACT]):
            return [_whole_dossier(connection, run, Stage.CHECK)]
        case _:
            return []


def _page_ranges(connection: Connection, run: Run, size: int) -> list[Opening]:
    number = run.subject.document
    row = connection.execute(
        "SELECT page_count FROM document WHERE dossier_id = %s AND number = %s", (run.dossier_id, number)
    ).fetchone()
    count = int(row[0] or 0) if row else 0
    round_ = newest_round(connection, run.dossier_id, Stage.OCR, document=number) + 1
    return [
        Opening(Stage.OCR, Subject(number, first, min(first + size - 1, count)), round_)
        for first in range(1, count + 1, size)
    ]


def _when_all_read(connection: Connection, run: Run) -> list[Opening]:
    if count_open(connection, run.dossier_id, READING):
        return []
    # what an earlier round still understands of the dossier is about to be understood anew
    supersede_runs(connection, run.dossier_id, UNDERSTANDING)
    return [_whole_dossier(connection, run, Stage.CLASSIFY)]


def _whole_dossier(connection: Connection, run: Run, stage: Stage) -> Opening:
    return Opening(stage, Subject(), newest_round(connection, run.dossier_id, stage) + 1)


def _papers(connection: Connection, run: Run) -> list[Opening]:
    rows = connection.execute(
        "SELECT number FROM paper WHERE dossier_id = %s ORDER BY number", (run.dossier_id,)
    ).fetchall()
    round_ = newest_round(connection, run.dossier_id, Stage.EXTRACT) + 1
    return [Opening(Stage.EXTRACT, Subject(paper=number), round_) for (number,) in rows]
