"""The practice tasks that ship: a situation, the dossier's history so far, and what a good officer does with it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from services.dossier.commands import Action, Rules
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import Standing, stand
from services.wording import Language


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A field of the practice dossier: what the paper says and what the machine read; both may be the same."""

    name: str
    printed: str
    machine: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `history` tells events and how many hours ago they happened; `due_in_h` when the dossier is due.

    `action` None: only the fields are to be put right. `items`: the papers that a request must name, all and no other.
    """

    id: str
    title: Mapping[Language, str]
    story: Mapping[Language, str]
    lesson: Mapping[Language, str]
    history: tuple[tuple[EventKind, int], ...]
    due_in_h: int | None = None
    papers: tuple[tuple[str, bool], ...] = ()
    fields: tuple[PrintedField, ...] = ()
    action: Action | None = None
    items: tuple[str, ...] = ()

    def standing(self, now: datetime) -> Standing:
        """Where the practice dossier stands."""
        return stand(HistoryEvent(kind, now - timedelta(hours=hours)) for kind, hours in self.history)

    def rules(self, now: datetime) -> Rules:
        """What its procedure and clock say."""
        due = None if self.due_in_h is None else now + timedelta(hours=self.due_in_h)
        return Rules(due_at=due, supplement_until=now + timedelta(days=2))


@cache
def all_tasks() -> tuple[Task, ...]:
    """The tasks, in the order to practise them."""
    told = tomllib.loads((files("services.training") / "tasks.toml").read_text("utf-8"))
    return tuple(_read(id_, body) for id_, body in told.items())


def find_task(id_: str) -> Task | None:
    """The task of that id; None when there is none."""
    return next((task for task in all_tasks() if task.id == id_), None)


def _read(id_: str, body: Mapping[str, Any]) -> Task:
    return Task(
        id=id_,
        title=_both(body["title"]),
        story=_both(body["story"]),
        lesson=_both(body["lesson"]),
        history=tuple((EventKind(kind), int(hours)) for kind, hours in body["history"]),
        due_in_h=body.get("due_in_h"),
        papers=tuple((name, bool(there)) for name, there in body.get("papers", ())),
        fields=tuple(PrintedField(*row) for row in body.get("fields", ())),
        action=Action(body["action"]) if "action" in body else None,
        items=tuple(name for name, there in body.get("papers", ()) if not there),
    )


def _both(texts: Mapping[str, str]) -> Mapping[Language, str]:
    return {language: texts[language] for language in Language}
