"""Marking an answer: the same guards as for real dossiers, then what the task was about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.dossier.commands import Command
from services.dossier.compare import fold
from services.dossier.errors import Refused
from services.dossier.naming import name_field
from services.dossier.transitions import decide
from services.training.tasks import Task
from services.wording import Language, Sentence, sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was right or wrong."""

    right: bool
    said: Sentence


def mark_action(task: Task, command: Command, now: datetime) -> tuple[Mark, ...]:
    """Whether the action was the right one, the rules admit it, and it names just the missing papers."""
    try:
        decide(task.standing(now), command, task.rules(now))
    except Refused as error:
        return (Mark(right=False, said=error.sentence),)
    if command.action is not task.action:
        return (Mark(right=False, said=sentence("training.other_action")),)
    return (Mark(right=True, said=sentence("training.right_action")), *_mark_items(task, command))


def mark_fields(task: Task, values: Mapping[str, str]) -> tuple[Mark, ...]:
    """Each field as it is printed; what the machine misread had to be put right, the rest left alone."""
    return tuple(
        Mark(
            right=values.get(field.name, "").strip() == field.printed,
            said=sentence(
                "training.field", printed=field.printed,
                **{f"field_{language}": name_field(field.name).say(language) for language in Language},
            ),
        )
        for field in task.fields
    )  # fmt: skip


def passed(marks: tuple[Mark, ...]) -> bool:
    """Whether everything was right."""
    return bool(marks) and all(mark.right for mark in marks)


def _mark_items(task: Task, command: Command) -> list[Mark]:
    asked = {fold(item) for item in command.items}
    missing = [item for item in task.items if not any(fold(item) in one for one in asked)]
    extra = [item for item in command.items if task.items and not any(fold(name) in fold(item) for name in task.items)]
    return [
        *(Mark(right=False, said=sentence("training.not_asked", paper=paper)) for paper in missing),
        *(Mark(right=False, said=sentence("training.asked_needlessly", paper=paper)) for paper in extra),
    ]
