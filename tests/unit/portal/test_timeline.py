"""The timeline of an applicant for each state a dossier can be in."""

from typing import Any

import pytest

from services.dossier.status import DossierStatus
from services.portal.timeline import Progress, timeline_of
from services.portal.unopened import unopened_of
from services.wording import sentence


def dossier(status: DossierStatus, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON of the API
    return {
        "status": {"code": int(status)}, "road": "finished", "submitted_at": "2026-11-24T08:00:00+07:00",
        "due_at": "2026-11-25T17:00:00+07:00", "due_is": "given", "result_at": None, "paused_at": None,
        "documents": [], "runs": [],
        **changes,
    }  # fmt: skip


@pytest.mark.parametrize("status", list(DossierStatus))
@pytest.mark.parametrize("road", ["moving", "finished", "waits_for_person"])
def test_every_state_has_one_step_now_and_it_can_be_said(status: DossierStatus, road: str) -> None:
    done = status in {DossierStatus.DONE, DossierStatus.RETURNED}
    steps = timeline_of(dossier(status, road=road, result_at="2026-11-25T09:00:00+07:00" if done else None))
    now = [step for step in steps if step.progress is Progress.NOW]
    assert now
    assert all(sentence(f"portal.{step.name}").say() for step in steps)
    assert all(sentence(f"portal.{step.name}_now").say() for step in now)


@pytest.mark.parametrize(("due_is", "shown"), [("given", True), ("expected", False), ("paused", False)])
def test_a_result_is_expected_at_a_date_that_was_given(due_is: str, shown: bool) -> None:
    result = timeline_of(dossier(DossierStatus.PROCESSING, due_is=due_is))[-1]
    assert bool(result.at) is shown


def test_who_has_it() -> None:
    def current(status: DossierStatus, **changes: str) -> str:
        return next(s.name for s in timeline_of(dossier(status, **changes)) if s.progress is Progress.NOW)

    assert current(DossierStatus.RECEIVED, road="moving") == "step_read"
    assert current(DossierStatus.SUPPLEMENT_REQUESTED) == "step_supplement"
    assert current(DossierStatus.PROCESSING, paused_at="2026-11-24T09:00:00+07:00") == "step_paused"
    assert current(DossierStatus.STOPPED) == "step_stopped"


def sent(*names: str) -> list[dict[str, Any]]:
    """Files one after another, an hour apart."""
    return [
        {"number": at, "name": name, "added_at": f"2026-11-24T{7 + at:02}:00:00+07:00"}
        for at, name in enumerate(names, 1)
    ]


@pytest.mark.parametrize(("files", "named"), [(1, "step_read_none"), (2, "step_read_some")])
def test_reading_is_not_told_as_done_while_a_file_could_not_be_opened(files: int, named: str) -> None:
    run = {
        "stage": "intake", "subject": "document 1", "outcome": "waits_for_person", "replayed": False,
        "reason": {"vi": "Tệp rỗng.", "en": "Empty."},
    }  # fmt: skip
    told = dossier(DossierStatus.NEW, runs=[run], documents=sent("1.pdf", "2.pdf")[:files])
    read = timeline_of(told)[1]
    assert (read.name, read.progress) == (named, Progress.LACKING)
    assert sentence(f"portal.{read.name}").say()
    assert [(file.name, file.why["vi"]) for file in unopened_of(told)] == [("1.pdf", "Tệp rỗng.")]
    assert not unopened_of(told | {"runs": [run | {"replayed": True}]})


def test_a_file_that_was_sent_again_is_asked_for_by_nobody() -> None:
    """Officer's desk, timeline and follow page go by one list: the file that came later counts, if it opened."""
    run = {
        "stage": "intake", "outcome": "waits_for_person", "replayed": False, "reason": {"vi": "Rỗng.", "en": "Empty."},
    }  # fmt: skip
    again = dossier(DossierStatus.NEW, runs=[run | {"subject": "document 1"}], documents=sent("đơn.pdf", "đơn (2).pdf"))
    assert not unopened_of(again)
    assert timeline_of(again)[1].name == "step_read"
    worse = again | {"runs": [run | {"subject": f"document {number}"} for number in (1, 2)]}
    assert [file.number for file in unopened_of(worse)] == [2]
    assert timeline_of(worse)[1].name == "step_read_none"
