"""How long one act on a dossier takes: `python -m benchmarks.desk [DOSSIERS]` (200 when not given).

Each dossier lives through five commands with their guards, projection and rollups on the embedded database, one at a
time. Allowed: 15 ms at the 95th percentile.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measured import Measured, print_measured, shares_of
from services import clock
from services.catalogue.shipped import load_shipped
from services.dossier.commands import Action, Command
from services.dossier.history import EventKind, HistoryEvent
from services.stack.postgres import EmbeddedPostgres
from services.storage.appointments import appoint
from services.storage.database import connect
from services.storage.desk import act
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import add_missing

TARGET_MS = 15.0
LIFE = (Action.RECEIVE, Action.HAND_OVER, Action.REQUEST_SUPPLEMENT, Action.COMPLETE_SUPPLEMENT, Action.SIGN_RESULT)


def measure(count: int) -> dict[str, float]:
    """Milliseconds of each act: median, 95th percentile, longest."""
    spent: list[float] = []
    begin = clock.now() - timedelta(days=1)
    procedure = next(one for one in load_shipped() if one.code == "1.004222")
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        with connect(server.database()) as connection:
            add_missing(connection, load_shipped())
            for number in range(count):
                new = NewDossier(f"B-{number}", "20", 2, {}, "", None, "normal", 1, begin, "KEY")
                dossier_id = add_dossier(connection, new)
                append_history(connection, dossier_id, [HistoryEvent(EventKind.SUBMITTED, begin)], after=0)
                appoint(connection, dossier_id, procedure, "normal")
                for version, action in enumerate(LIFE, start=1):
                    command = Command(action, begin + timedelta(hours=version), "x", "x", "x", 1, ("x",))
                    began = perf_counter()
                    act(connection, new.code, command, version=version)
                    spent.append((perf_counter() - began) * 1000)
        server.stop()
    return {"median_ms": round(quantiles(spent)[1], 2), "p95_ms": round(quantiles(spent, n=20)[-1], 2),
            "max_ms": round(max(spent), 2), "acts": len(spent)}  # fmt: skip


def run(arguments: Sequence[str]) -> Measured:
    """The figures, and the 95th percentile as a share of what is allowed."""
    figures = measure(int(arguments[0]) if arguments else 200)
    return Measured("desk", figures, *shares_of(figures, {"p95_ms": TARGET_MS}))


if __name__ == "__main__":
    print_measured(run)
