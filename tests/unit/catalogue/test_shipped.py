"""The shipped catalogue holds together: codes, times, papers, conditions, versions."""

import re
from dataclasses import replace
from datetime import date

import pytest

from services.catalogue.facts import Fact
from services.catalogue.procedure import Procedure
from services.catalogue.rules import facts_of, parse_rule
from services.catalogue.shipped import load_shipped
from services.catalogue.versions import in_force
from services.deadline.lead import LeadTime, LeadUnit
from services.dossier.errors import CannotProceed
from services.dossier.kinds import PaperKind

SHIPPED = load_shipped()


def test_some_forty_procedures_ship_each_once() -> None:
    codes = [procedure.code for procedure in SHIPPED]
    assert len(codes) >= 40
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[1-6]\.\d{6}", code) for code in codes)


@pytest.mark.parametrize("procedure", SHIPPED, ids=lambda procedure: procedure.code)
def test_a_procedure_says_all_a_citizen_asks(procedure: Procedure) -> None:
    assert procedure.papers
    assert procedure.fees
    assert procedure.result
    assert procedure.where
    assert procedure.legal_basis
    assert len(procedure.synonyms) >= 3
    assert procedure.times or procedure.notes
    assert all(re.fullmatch(r"KQ\.[A-Z]\d{2}\.\d{6}", code) for code in procedure.result_codes)
    assert not {PaperKind.OTHER, PaperKind.UNREADABLE} & {kind for paper in procedure.papers for kind in paper.kinds}


def test_the_laws_limits_are_kept() -> None:
    ordinary = {procedure.code: procedure.times[0].lead for procedure in SHIPPED if procedure.times}
    assert ordinary["1.001193"] == LeadTime(0, LeadUnit.SAME_DAY)
    assert ordinary["1.004873"] == LeadTime(3, LeadUnit.WORKING_DAYS)
    assert ordinary["3.000333"] == LeadTime(10, LeadUnit.CALENDAR_DAYS)
    assert ordinary["1.013225"] == LeadTime(15, LeadUnit.CALENDAR_DAYS)


def test_every_fact_is_asked_for_somewhere() -> None:
    asked = {fact for one in SHIPPED for paper in one.papers if paper.when for fact in facts_of(parse_rule(paper.when))}
    assert set(Fact) == asked


def test_a_dossier_keeps_the_version_of_its_day() -> None:
    old = SHIPPED[0]
    new = replace(old, version=2, effective_from=date(2027, 3, 1))
    ended = replace(old, effective_to=date(2027, 2, 28))
    assert in_force([ended, new], old.code, date(2027, 2, 28)) is ended
    assert in_force([new, ended], old.code, date(2027, 3, 1)) is new
    with pytest.raises(CannotProceed, match="30/06/2025"):
        in_force([old, new], old.code, date(2025, 6, 30))
    with pytest.raises(CannotProceed, match="no procedure 9"):
        in_force([old], "9.999999", date(2026, 1, 1))
