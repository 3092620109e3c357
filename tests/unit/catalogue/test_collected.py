"""The hand-collected list, and what an import would change."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.catalogue.collected import import_collected
from services.catalogue.plan import plan_import
from services.catalogue.procedure import TimeCase
from services.catalogue.versions import in_force
from services.deadline.lead import LeadTime, LeadUnit


def row(**more: object) -> dict[str, Any]:
    return {
        "code": "1.000001",
        "name_vi": "Thủ tục thử",
        "level": "commune+province",
        "processing_days": 3,
        "day_kind": "working",
        "same_day_cutoff_15h": False,
        "time_cases": [],
        "documents": ["Tờ khai đăng ký khai sinh", "Văn bản ủy quyền (nếu ủy quyền)"],
        "result_codes": ["KQ.G15.000031"],
        "confidence": "high",
    } | more


def times(**more: object) -> tuple[TimeCase, ...]:
    return import_collected([row(**more)]).procedures[0].times


def test_the_ordinary_time_comes_first() -> None:
    cases = [{"case": "xác minh", "days": 6, "kind": "working"}, {"case": "thường", "days": 3, "kind": "working"}]
    assert [(time.lead.amount, time.case) for time in times(time_cases=cases)] == [(3, "thường"), (6, "xác minh")]
    assert times() == (TimeCase(LeadTime(3, LeadUnit.WORKING_DAYS)),)
    assert times(processing_days=30, day_kind="calendar") == (TimeCase(LeadTime(30, LeadUnit.CALENDAR_DAYS)),)


def test_same_day_needs_the_cutoff_and_unknown_stays_unknown() -> None:
    assert times(processing_days=0, same_day_cutoff_15h=True) == (TimeCase(LeadTime(0, LeadUnit.SAME_DAY)),)
    assert times(processing_days=0) == ()
    found = import_collected([row(processing_days=None, confidence="low")])
    assert found.procedures[0].times == ()
    assert [note.sentence.id for note in found.notes] == ["catalogue.note_unsure", "catalogue.note_no_time"]


def test_a_known_code_is_kept_or_gets_its_next_version() -> None:
    (old,) = import_collected([row()]).procedures
    new = replace(old, name_vi="Tên mới")
    day = date(2026, 12, 1)
    assert plan_import([old], [new], day).kept == (old.code,)
    assert plan_import([old], [old], day, renew=True).kept == (old.code,)
    plan = plan_import([old], [new], day, renew=True)
    assert plan.renewed == (old.code,)
    assert in_force(plan.store, old.code, date(2026, 11, 30)).name_vi == old.name_vi
    assert in_force(plan.store, old.code, day).version == 2
    assert plan_import([], [new, old], day).store == (new,)
