"""Conditions in plain words."""

import pytest

from services.catalogue.facts import Fact
from services.catalogue.rule_words import explain_rule
from services.catalogue.shipped import load_shipped
from services.wording import Language


@pytest.mark.parametrize("fact", list(Fact))
@pytest.mark.parametrize("language", list(Language))
def test_every_fact_can_be_said_both_ways(fact: Fact, language: Language) -> None:
    yes, no = explain_rule(fact, language), explain_rule(f"not {fact}", language)
    assert yes != no


def test_a_denied_pair_is_said_as_its_denied_parts() -> None:
    said = explain_rule("not (online or under_14)", Language.EN)
    assert said == "it is handed in at the counter or by post and the holder is 14 or older"


def test_every_condition_that_ships_can_be_said() -> None:
    for procedure in load_shipped():
        for paper in procedure.papers:
            assert paper.when is None or explain_rule(paper.when, Language.VI)
