"""`python -m tests.builders.plain_worker CONCURRENCY NAME [real]`: a worker of plain stages, a process of its own."""

import os
import sys
from dataclasses import replace

from services.pipeline import route, worker
from services.pipeline.broker import make_app
from services.pipeline.route import Lane, Stage
from services.pipeline.stage import Crew
from services.settings import get_settings
from services.stack.crew import make_crew
from services.storage.objects import open_store
from tests.builders.plain_stages import STAGES


def main() -> None:
    """Work until told to stop."""
    concurrency, name, *real = sys.argv[1:]
    if allowance := os.environ.get("MOTCUA_TEST_ALLOWANCE"):
        route.ROUTE = tuple(replace(step, allowance_s=int(allowance)) for step in route.ROUTE)
    settings = get_settings()
    lanes = [Lane(lane) for lane in os.environ.get("MOTCUA_TEST_LANES", ",".join(Lane)).split(",")]
    if real:
        crew = make_crew(settings, list(Stage))
    else:
        crew = Crew(make_app(settings), settings, open_store(settings))
        for definition in STAGES.values():
            worker.register(crew, definition)
    queues = worker.queues_of(list(Stage), lanes)
    worker.run_worker(crew.app, queues, concurrency=int(concurrency), name=name)


main()
