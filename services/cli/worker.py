"""`motcua worker`: one worker process of one or several stages."""

from typing import Annotated

import typer

from services import logs
from services.cli import app
from services.pipeline.route import Lane, Stage
from services.pipeline.worker import queues_of, run_worker
from services.settings import get_settings


@app.command()
def worker(
    stages: Annotated[list[Stage], typer.Argument(help="stages to work at")],
    lane: Annotated[list[Lane] | None, typer.Option(help="lanes to serve; all when not given")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="runs at the same time, each in its own process")] = 1,
) -> None:
    """Work at stages until told to stop (TERM). Example: motcua worker ocr --lane express --concurrency 2"""
    from services.stack.crew import make_crew  # noqa: PLC0415 - the other commands start without Celery and the models

    settings = get_settings()
    logs.configure(settings.log_level)
    lanes = lane or list(Lane)
    crew = make_crew(settings, stages)
    name = "-".join([*stages, *lanes]) if lane else "-".join(stages)
    run_worker(crew.app, queues_of(stages, lanes), concurrency=concurrency, name=name)
