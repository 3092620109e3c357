"""The rule language of conditions: `agent_submits and not (online or under_14)`.

Words are the facts of `services.catalogue.facts` with `not`, `and`, `or` and brackets; `not` binds tightest, `or`
loosest. Values are true, false and unknown (Kleene's three-valued logic): a condition whose answer hangs on a fact that
the dossier does not show is unknown, and its paper is mentioned, not called missing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from services.catalogue.facts import Fact
from services.dossier.errors import Refused
from services.wording import sentence

Truth = bool | None
"""True, False, or None for unknown."""

_TOKEN = re.compile(r"\s*(?:([a-z][a-z0-9_]*)|([()]))")
_WORDS = {"and", "or", "not"}


@dataclass(frozen=True, slots=True)
class Named:
    """A fact by itself."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; the opposite of unknown is unknown."""

    rule: "Rule"


@dataclass(frozen=True, slots=True)
class Both:
    """True when both are; false as soon as one is."""

    left: "Rule"
    right: "Rule"


@dataclass(frozen=True, slots=True)
class Either:
    """True as soon as one is; false when both are."""

    left: "Rule"
    right: "Rule"


Rule = Named | Not | Both | Either


@cache
def parse_rule(text: str) -> Rule:
    """A condition as a tree.

    Raises:
        Refused: an unknown word or sign, a missing bracket, or a condition that stops half-way; it says where.
    """
    parser = _Parser(text, _split(text))
    rule = parser.either()
    parser.end()
    return rule


def evaluate_rule(rule: Rule, known: Mapping[Fact, bool]) -> Truth:
    """The truth of a condition under the facts known."""
    match rule:
        case Named(fact):
            return known.get(fact)
        case Not(inner):
            truth = evaluate_rule(inner, known)
            return None if truth is None else not truth
        case Both(left, right):
            return _all(evaluate_rule(left, known), evaluate_rule(right, known))
        case Either(left, right):
            return _any(evaluate_rule(left, known), evaluate_rule(right, known))


def holds(when: str | None, known: Mapping[Fact, bool]) -> Truth:
    """The truth of a paper's condition; no condition is always true.

    Raises:
        Refused: the condition cannot be parsed.
    """
    return True if when is None else evaluate_rule(parse_rule(when), known)


def facts_of(rule: Rule) -> frozenset[Fact]:
    """The facts that a condition asks for."""
    match rule:
        case Named(fact):
            return frozenset({fact})
        case Not(inner):
            return facts_of(inner)
        case Both(left, right) | Either(left, right):
            return facts_of(left) | facts_of(right)


def _all(left: Truth, right: Truth) -> Truth:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _any(left: Truth, right: Truth) -> Truth:
    if left or right:
        return True
    return None if left is None or right is None else False


def _split(text: str) -> list[tuple[str, int]]:
    """The words and brackets with their positions, from 1."""
    tokens: list[tuple[str, int]] = []
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Refused(sentence("catalogue.rule_sign", rule=text, sign=text[at:].strip()[:1], position=at + 1))
        tokens.append((found[1] or found[2], found.start(1 if found[1] else 2) + 1))
        at = found.end()
    return tokens


@dataclass(slots=True)
class _Parser:
    text: str
    tokens: list[tuple[str, int]]
    at: int = 0

    def either(self) -> Rule:
        rule = self.both()
        while self._take("or"):
            rule = Either(rule, self.both())
        return rule

    def both(self) -> Rule:
        rule = self.single()
        while self._take("and"):
            rule = Both(rule, self.single())
        return rule

    def single(self) -> Rule:
        if self._take("not"):
            return Not(self.single())
        if self._take("("):
            rule = self.either()
            if not self._take(")"):
                raise self._unfinished()
            return rule
        return self._fact()

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise self._unexpected()

    def _fact(self) -> Rule:
        if self.at >= len(self.tokens):
            raise self._unfinished()
        word, position = self.tokens[self.at]
        if word in _WORDS or word in "()":
            raise self._unexpected()
        try:
            rule = Named(Fact(word))
        except ValueError:
            raise Refused(sentence("catalogue.rule_word", rule=self.text, word=word, position=position)) from None
        self.at += 1
        return rule

    def _take(self, word: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == word:
            self.at += 1
            return True
        return False

    def _unexpected(self) -> Refused:
        word, position = self.tokens[self.at]
        return Refused(sentence("catalogue.rule_unexpected", rule=self.text, word=word, position=position))

    def _unfinished(self) -> Refused:
        return Refused(sentence("catalogue.rule_unfinished", rule=self.text))
