"""An import never opens again what had ended, and never writes over a version that dossiers hold."""

from dataclasses import replace
from datetime import date

import pytest

from services.catalogue.plan import end_before, plan_import
from services.catalogue.shipped import load_shipped

DAY = date(2027, 3, 1)
OLD = load_shipped()[0]


@pytest.mark.parametrize(
    ("ended", "wanted"),
    [(None, date(2027, 2, 28)), (date(2026, 5, 5), date(2026, 5, 5)), (date(2028, 1, 1), date(2027, 2, 28))],
)
def test_the_version_before_ends_the_day_before_or_stays_ended(ended: date | None, wanted: date) -> None:
    assert end_before(replace(OLD, effective_to=ended), DAY).effective_to == wanted


def test_a_procedure_that_had_ended_comes_back_as_its_next_version() -> None:
    gone = replace(OLD, version=3, effective_to=date(2026, 5, 5))
    plan = plan_import([gone], [replace(OLD, name_vi="Tên mới")], DAY, renew=True)
    assert [(one.version, one.effective_to) for one in plan.store] == [(3, date(2026, 5, 5)), (4, None)]
