"""The crew of a worker process: every stage it may be asked for, registered with Celery."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from services.pipeline.broker import make_app
from services.pipeline.route import Stage
from services.pipeline.stage import Crew, StageDefinition
from services.pipeline.worker import register
from services.settings import Settings
from services.storage.objects import open_store


def definition_of(stage: Stage) -> StageDefinition[Any, Any]:
    """The stage's door; a worker loads only the stages it works at."""
    definition: StageDefinition[Any, Any] = import_module(f"services.{stage}.stage").STAGE
    return definition


def make_crew(settings: Settings, stages: Iterable[Stage]) -> Crew:
    """A crew that can do these stages.

    Raises:
        ValueError: the store's URL names no store.
    """
    crew = Crew(make_app(settings), settings, open_store(settings))
    for stage in stages:
        register(crew, definition_of(stage))
    return crew
