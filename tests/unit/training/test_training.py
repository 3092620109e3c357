"""Every task can be solved by the rules, and wrong answers are told from right ones."""

from datetime import UTC, datetime, timedelta

import pytest

from services.dossier.commands import Action, Command
from services.training.mark import mark_action, mark_fields, passed
from services.training.tasks import Task, all_tasks, find_task

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ACTIONS = [task for task in all_tasks() if task.action]


def right_command(task: Task) -> Command:
    assert task.action is not None
    return Command(
        task.action, NOW, "officer", reason="Vì phải xác minh", items=task.items, step="Văn phòng",
        new_due_at=NOW + timedelta(hours=task.due_in_h or 0, days=3),
    )  # fmt: skip


@pytest.mark.parametrize("task", ACTIONS, ids=lambda task: task.id)
def test_the_right_action_passes_and_no_other(task: Task) -> None:
    assert passed(mark_action(task, right_command(task), NOW))
    for action in set(Action) - {task.action}:
        other = Command(action, NOW, "officer", reason="x", items=("y",), step="z", new_due_at=NOW + timedelta(days=30))
        assert not passed(mark_action(task, other, NOW)), action


def test_papers_forgotten_or_asked_for_needlessly_are_named() -> None:
    task = find_task("ask_once")
    assert task is not None
    command = Command(Action.REQUEST_SUPPLEMENT, NOW, reason="thiếu", items=(task.items[0], "Giấy khai sinh của cha"))
    wrong = [mark.said.say() for mark in mark_action(task, command, NOW) if not mark.right]
    assert wrong == [f"Chưa yêu cầu: {task.items[1]}.", "Không cần yêu cầu: Giấy khai sinh của cha."]


def test_fields_are_compared_with_the_print() -> None:
    task = find_task("correct_fields")
    assert task is not None
    assert passed(mark_fields(task, {field.name: field.printed for field in task.fields}))
    marks = mark_fields(task, {field.name: field.machine for field in task.fields})
    assert [mark.right for mark in marks] == [field.printed == field.machine for field in task.fields]
    assert not passed(marks)
    assert find_task("no such") is None
