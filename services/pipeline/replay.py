"""A person has looked: run again what waits for a person."""

from uuid import UUID

from services import clock
from services.storage.database import Connection
from services.storage.dossiers import find_dossier, lock_dossier, set_road
from services.storage.events import note_event
from services.storage.runs import Opening, Run, newest_round, open_runs, read_run, tell_relay, waiting_runs


def replay_run(connection: Connection, run_id: UUID) -> Run | None:
    """Open the run's subject anew, in a new round from its first attempt; None when it does not wait for a person."""
    run = read_run(connection, run_id)
    if run is None:
        return None
    with connection.transaction():
        lane = lock_dossier(connection, run.dossier_id).lane
        marked = connection.execute(
            """UPDATE stage_run SET replayed = true WHERE id = %s AND outcome = 'waits_for_person' AND NOT replayed""",
            (run_id,),
        )
        if marked.rowcount != 1:
            return None
        round_ = newest_round(connection, run.dossier_id, run.stage, document=run.subject.document) + 1
        opened = open_runs(connection, run.dossier_id, lane, [Opening(run.stage, run.subject, round_, wait_s=0)])
        set_road(connection, run.dossier_id)
        facts = {"stage": run.stage, "subject": run.subject.name}
        note_event(connection, run.dossier_id, clock.now(), "run_replayed", facts)
        tell_relay(connection)
    return opened[0] if opened else None


def replay_dossier(connection: Connection, code: str) -> list[Run]:
    """Replay every run of a dossier that waits for a person.

    Raises:
        LookupError: no dossier has that code.
    """
    dossier = find_dossier(connection, code)
    if dossier is None:
        raise LookupError(code)
    replayed = [replay_run(connection, run.id) for run in waiting_runs(connection, dossier.id)]
    return [run for run in replayed if run is not None]
