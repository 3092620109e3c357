"""The road on one screen: which stage follows which, on what queue, for how long, how often.

Celery's queues and routes, the workers in `deploy/`, the diagram in `docs/flow.md` and the dashboard's columns are made
from this table or held to it by a test.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages in order; the name is folder, queue, worker and value in the API."""

    INTAKE = "intake"
    OCR = "ocr"
    CLASSIFY = "classify"
    EXTRACT = "extract"
    CHECK = "check"


class Lane(StrEnum):
    """How urgent: same-day procedures, ordinary ones, bulk digitisation."""

    EXPRESS = "express"
    NORMAL = "normal"
    BULK = "bulk"


class Unit(StrEnum):
    """What one run of a stage works on."""

    DOCUMENT = "document"
    PAGES = "pages"
    DOSSIER = "dossier"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the road; `allowance_s` is the longest one run may work, `attempts` the cap before a person looks."""

    stage: Stage
    unit: Unit
    allowance_s: int
    attempts: int

    @property
    def task(self) -> str:
        """The task's name in Celery."""
        return f"motcua.{self.stage}"

    def queue(self, lane: Lane) -> str:
        """The queue of a lane; the ordinary lane has the stage's own name."""
        return str(self.stage) if lane is Lane.NORMAL else f"{self.stage}.{lane}"

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues of all lanes, most urgent first."""
        return tuple(self.queue(lane) for lane in Lane)


# seven attempts wait 1 + 2 + … + 32 s between them: a server that is back within a minute costs nobody a look
ROUTE: tuple[Step, ...] = (
    Step(Stage.INTAKE, Unit.DOCUMENT, allowance_s=120, attempts=7),
    Step(Stage.OCR, Unit.PAGES, allowance_s=300, attempts=7),
    Step(Stage.CLASSIFY, Unit.DOSSIER, allowance_s=120, attempts=7),
    Step(Stage.EXTRACT, Unit.PAPER, allowance_s=120, attempts=7),
    Step(Stage.CHECK, Unit.DOSSIER, allowance_s=60, attempts=7),
)

# a run that took its worker down with it is not tried as often as one that failed politely
LOST_CAP = 3


def step_of(stage: Stage) -> Step:
    """The row of a stage."""
    return next(step for step in ROUTE if step.stage is stage)
