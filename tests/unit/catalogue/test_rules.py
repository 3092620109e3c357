"""The rule language: grammar, three-valued truth, and errors that say where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalogue.facts import Fact
from services.catalogue.rules import Both, Either, Named, Not, Rule, evaluate_rule, facts_of, holds, parse_rule
from services.dossier.errors import Refused
from services.wording import Language, sentence

A, B, C = Fact.AGENT_SUBMITS, Fact.ONLINE, Fact.UNDER_14


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("agent_submits", Named(A)),
        ("not agent_submits", Not(Named(A))),
        ("agent_submits or online and not under_14", Either(Named(A), Both(Named(B), Not(Named(C))))),
        ("(agent_submits or online) and under_14", Both(Either(Named(A), Named(B)), Named(C))),
        ("not not online", Not(Not(Named(B)))),
    ],
)
def test_not_binds_tightest_and_or_loosest(text: str, tree: Rule) -> None:
    assert parse_rule(text) == tree


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("agent_submit", "unknown word “agent_submit” at 1"),
        ("online and agent_submit", "unknown word “agent_submit” at 12"),
        ("online &", "strange sign “&” at 7"),
        ("Online", "strange sign “O” at 1"),
        ("online under_14", "“under_14” where it does not belong, at 8"),
        ("online and or under_14", "“or” where it does not belong, at 12"),
        ("(online", "stops half-way"),
        ("online)", "“)” where it does not belong, at 7"),
        ("online and", "stops half-way"),
        ("", "stops half-way"),
    ],
)
def test_a_wrong_condition_says_where(text: str, part: str) -> None:
    with pytest.raises(Refused, match=part.replace("(", r"\(").replace(")", r"\)")):
        parse_rule(text)


def test_unknown_is_neither_true_nor_false() -> None:
    assert holds("agent_submits", {}) is None
    assert holds("not agent_submits", {}) is None
    assert holds("agent_submits and online", {B: False}) is False
    assert holds("agent_submits or online", {B: True}) is True
    assert holds("agent_submits and online", {B: True}) is None
    assert holds(None, {}) is True


rules = st.recursive(
    st.sampled_from([Named(fact) for fact in (A, B, C)]),
    lambda inner: st.one_of(st.builds(Not, inner), st.builds(Both, inner, inner), st.builds(Either, inner, inner)),
    max_leaves=12,
)


def _write(rule: Rule) -> str:
    match rule:
        case Named(fact):
            return fact.value
        case Not(inner):
            return f"not ({_write(inner)})"
        case Both(left, right):
            return f"({_write(left)}) and ({_write(right)})"
        case Either(left, right):
            return f"({_write(left)}) or ({_write(right)})"


@given(rules)
def test_a_written_rule_reads_back(rule: Rule) -> None:
    assert parse_rule(_write(rule)) == rule


@given(rules, st.dictionaries(st.sampled_from([A, B, C]), st.booleans()))
def test_learning_a_fact_never_turns_an_answer_round(rule: Rule, known: dict[Fact, bool]) -> None:
    before = evaluate_rule(rule, known)
    for fact in facts_of(rule) - set(known):
        for value in (True, False):
            assert before is None or evaluate_rule(rule, {**known, fact: value}) is before


def test_every_fact_has_a_question_in_both_languages() -> None:
    for fact in Fact:
        asked = sentence(f"catalogue.fact_{fact}")
        assert asked.say(Language.VI).endswith("?")
        assert asked.say(Language.EN).endswith("?")
