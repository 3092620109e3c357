"""One turn of a talk: what was asked, of which procedure, answered or not. Pure: state in, reply and state out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from services.assistant.aspect import find_aspects, folded_words, strip_penalty
from services.assistant.behaviour import Aspect, Behaviour, Reply, Route, Talk
from services.assistant.candidate import Candidate
from services.assistant.compose import compose_answer, say
from services.assistant.find import find_procedures
from services.assistant.follow import (
    choose_among,
    content_of,
    is_action_only,
    is_condition,
    is_follow_up,
    opens_as_follow_up,
    points_back,
    strip_correction,
    subject_of,
)
from services.assistant.route import REFUSALS, Routed, choose_route, find_dossier, find_key
from services.assistant.several import Part, join_replies, part_topics
from services.assistant.spoken import language_of
from services.assistant.vague import find_siblings, is_bare, is_clear, is_elsewhere, is_wide
from services.catalogue.national import National, load_national
from services.language.fold import fold
from services.wording import Language

LONGEST_TURN = 1000
"""Characters of a turn that are read, whichever way it came."""

FEW = 2
"""Words that name no new topic by themselves, when nothing is found by them: `how much for two years`."""

FEWEST_CHOICES, CHOICES = 2, 4
"""How many procedures a clarifying question names at least (when so many were found) and at most."""


CERTAIN, LIKELY = 0.85, 0.5
"""From these shares of a route on the catalogue is not asked: out of scope may use its words, a refusal may not."""

WELL_KNOWN = 0.88
"""From this confidence on a question is the catalogue's unless its route is clear."""

DOUBTED = {Route.UNLAWFUL: 0.6}
"""A refusal needs this share (or LIKELY) where the catalogue knows nothing."""

NEVER = 2.0
ENOUGH = {Route.OUT_OF_SCOPE: CERTAIN, Route.UNLAWFUL: CERTAIN, Route.FEEDBACK: NEVER}
"""Where more than LIKELY is needed for what the catalogue knows well: a victim of forgery asks in the forger's words,
and complaints against decisions and officers are procedures themselves."""

LEANING = {Behaviour.HANDOVER: 0.15, Behaviour.CLARIFY: 0.3}
"""From these shares on, what the catalogue does not know, or only half, is out of scope and no ticket or question."""


class Finder(Protocol):
    """The port of retrieval."""

    def __call__(
        self, question: str, *, prior: Mapping[str, float] | None = None, limit: int = 10
    ) -> tuple[Candidate, ...]:
        """The likeliest procedures, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """When to answer, when to ask back, when to hand over; all are confidences from 0 to 1.

    `answer`: from here on the first candidate is answered; `clarify`: from here on a question is asked back; `rival`:
    a candidate at least this close to the first (ratio of scores) is named in that question.
    """

    answer: float = 0.78
    clarify: float = 0.2
    rival: float = 0.15


@dataclass(frozen=True, slots=True)
class Assistant:
    """What a turn is answered with."""

    catalogue: National
    find: Finder = find_procedures
    bounds: Bounds = Bounds()

    def reply(self, text: str, talk: Talk = Talk()) -> tuple[Reply, Talk]:  # noqa: B008 - frozen
        """The reply to one turn, and the talk after it."""
        text = text[:LONGEST_TURN]
        talk = replace(talk, language=language_of(text, talk.language))
        return self._go_on(text, talk) or self._open(text, talk)

    def _go_on(self, text: str, talk: Talk) -> tuple[Reply, Talk] | None:
        """The reply to a turn that hangs on the ones before; None for one that stands alone."""
        corrected, rest = strip_correction(text)
        if corrected and not is_follow_up(rest):
            return self._look_up(text, rest, replace(talk, topic="", choices=(), question=""), talk.aspects)
        if talk.choices and (chosen := self._resolve(text, talk)):
            asked = find_aspects(text, self._name(chosen)) or talk.aspects
            return self._answer(chosen, asked, 1.0, replace(talk, choices=(), question=""))
        if talk.dossier and find_key(text):
            return _ask_second_factor(text, talk)
        return self._go_on_without_topic(text, talk)

    def _go_on_without_topic(self, text: str, talk: Talk) -> tuple[Reply, Talk] | None:
        """The reply to a turn that names no thing of its own; None when its words say enough."""
        begins = not talk.topic and not talk.question
        if begins and _belongs_elsewhere(text):
            return None
        asked = find_aspects(text)
        if is_follow_up(text) and (asked or points_back(text)):
            return self._go_on_about(text, asked, talk)
        if talk.topic and asked and self._is_of_topic(text, talk):
            return self._answer(talk.topic, asked, 1.0, talk)
        if begins and is_action_only(text) and not self._knows(text):
            return self._ask_topic(asked, talk)
        return None

    def _is_of_topic(self, text: str, talk: Talk) -> bool:
        """Whether a turn says no more than the topic's name does, or so little that nothing else is found by it."""
        said = content_of(text)
        own = set(folded_words(self._name(talk.topic)).split())
        return (bool(said) and all(word in own for word in said)) or (
            len(said) <= FEW and not is_action_only(text) and self._known(text) < self.bounds.answer
        )

    def _go_on_about(self, text: str, asked: Sequence[Aspect], talk: Talk) -> tuple[Reply, Talk]:
        """What was asked, of the topic or of the likeliest that an open question was about."""
        if talk.topic:
            return self._answer(talk.topic, asked, 1.0, talk)
        return (
            self._look_up(text, f"{talk.question} {text}", talk, asked)
            if talk.question
            else self._ask_topic(asked, talk)
        )

    def _open(self, text: str, talk: Talk) -> tuple[Reply, Talk]:
        """The reply to a turn by its own words."""
        matter = strip_penalty(text)
        routed = choose_route(matter)
        if self._leaves(routed, matter, talk):
            return self._canned(routed.route, text, talk)
        inherited = talk.aspects if opens_as_follow_up(text) or not talk.topic else ()
        reply, after = self._look_up(text, self._widen(matter, talk), talk, inherited)
        if not talk.topic and routed.shares[Route.OUT_OF_SCOPE] >= LEANING.get(reply.behaviour, CERTAIN):
            return self._canned(Route.OUT_OF_SCOPE, text, talk)
        return reply, after

    def _widen(self, text: str, talk: Talk) -> str:
        """The words to look for: the turn's own where they are enough, else with what they go on from."""
        goes_on = talk.topic and (opens_as_follow_up(text) or is_condition(text))
        if talk.topic and is_action_only(text):
            return f"{text} {_spell_alike(text, subject_of(self._name(talk.topic)))}"
        before = talk.question or (self._name(talk.topic) if goes_on else "")
        if self._knows(text) and not is_action_only(text):
            return text
        if not before and talk.topic:
            wider = f"{text} {_spell_alike(text, subject_of(self._name(talk.topic)))}"
            return wider if self._knows(wider) else text
        return f"{before} {text}" if before else text

    def _leaves(self, routed: Routed, text: str, talk: Talk) -> bool:
        """Whether a turn belongs elsewhere: said by the model, unless the catalogue knows well what is asked."""
        if routed.route is Route.PROCEDURE or (talk.topic and opens_as_follow_up(text) and routed.confidence < CERTAIN):
            return False
        known = self._known(text)
        if known < self.bounds.answer:
            # what nobody knows is no crime yet: it goes to an officer
            return routed.route not in REFUSALS or routed.confidence >= DOUBTED.get(routed.route, LIKELY)
        return routed.confidence >= (ENOUGH.get(routed.route, LIKELY) if known >= WELL_KNOWN else LIKELY)

    def _knows(self, text: str) -> bool:
        return self._known(text) >= self.bounds.answer

    def _known(self, text: str) -> float:
        found = self.find(text)
        return found[0].confidence if found else 0.0

    def _resolve(self, text: str, talk: Talk) -> str:
        at = choose_among(text, [self._name(code) for code in talk.choices])
        return "" if at is None else talk.choices[at]

    def _look_up(self, text: str, query: str, talk: Talk, inherited: Sequence[Aspect]) -> tuple[Reply, Talk]:
        if is_follow_up(query):
            return self._ask_topic(find_aspects(text), talk)
        found = self.find(query)
        if text == query and (parts := part_topics(text, found, self.find)):
            return self._answer_both(parts, talk)
        reply, talk = self._decide(text, query, talk, inherited, found)
        return replace(reply, ranked=tuple(candidate.code for candidate in found)), talk

    def _decide(
        self, text: str, query: str, talk: Talk, inherited: Sequence[Aspect], found: Sequence[Candidate]
    ) -> tuple[Reply, Talk]:
        aspects = find_aspects(text, found[0].name if found else "") or tuple(inherited)
        if not talk.topic and is_elsewhere(text, found[0].name if found else ""):
            return self._hand_over(Route.PROCEDURE, "handover_unknown", talk)
        siblings = () if aspects or talk.topic or talk.question else find_siblings(query, found)
        if not siblings and not talk.topic and len(found) > 1 and is_wide(query):
            siblings = tuple(found)
        clear = bool(aspects) and bool(found) and is_clear(query, found[0])
        if not siblings and (not found or found[0].confidence < self.bounds.clarify):
            unknown = self._hand_over(Route.PROCEDURE, "handover_unknown", talk)
            return self._ask_topic(aspects, talk) if is_bare(query) else unknown
        if (clear or found[0].confidence >= self.bounds.answer) and not siblings:
            return self._answer(found[0].code, aspects, found[0].confidence, talk)
        least = found[0].score * self.bounds.rival
        rivals = [candidate for at, candidate in enumerate(found) if at < FEWEST_CHOICES or candidate.score >= least]
        return self._ask_back(siblings or rivals, aspects, query, talk)

    def _answer(self, code: str, aspects: Sequence[Aspect], sure: float, talk: Talk) -> tuple[Reply, Talk]:
        found = self.catalogue.find(code)
        if found is None:
            return self._hand_over(Route.PROCEDURE, "handover_unknown", talk)
        text, citations = compose_answer(found, aspects, talk.language)
        reply = Reply(text, Behaviour.ANSWER, (code,), citations, tuple(aspects), sure, ranked=(code,))
        return reply, replace(talk, topic=code, aspects=tuple(aspects), choices=(), question="")

    def _answer_both(self, parts: Sequence[Part], talk: Talk) -> tuple[Reply, Talk]:
        """One answer after the other, each under its own name; the talk goes on with the last."""
        replies = []
        for part in parts:
            reply, talk = self._answer(part.found.code, part.aspects, part.found.confidence, talk)
            replies.append(reply)
        return join_replies(replies), talk

    def _ask_back(
        self, found: Sequence[Candidate], aspects: Sequence[Aspect], query: str, talk: Talk
    ) -> tuple[Reply, Talk]:
        codes = tuple(candidate.code for candidate in found[:CHOICES])
        named = "; ".join(f"({at}) {self._name(code)}" for at, code in enumerate(codes, 1))
        reply = Reply(
            say("clarify", talk.language, choices=named), Behaviour.CLARIFY, codes, confidence=found[0].confidence
        )
        return reply, replace(talk, choices=codes, question=query, aspects=tuple(aspects), topic="")

    def _ask_topic(self, aspects: Sequence[Aspect], talk: Talk) -> tuple[Reply, Talk]:
        reply = Reply(say("clarify_topic", talk.language), Behaviour.CLARIFY, aspects=tuple(aspects))
        return reply, replace(talk, aspects=tuple(aspects), question="", choices=())

    def _canned(self, route: Route, text: str, talk: Talk) -> tuple[Reply, Talk]:
        if route is Route.STATUS:
            return _ask_second_factor(text, talk)
        if route in {Route.FEEDBACK, Route.PERSON}:
            return self._hand_over(route, f"handover_{route}", talk)
        behaviour, name = _CANNED[route]
        return Reply(say(name, talk.language), behaviour, route=route, confidence=1.0), talk

    @staticmethod
    def _hand_over(route: Route, name: str, talk: Talk) -> tuple[Reply, Talk]:
        return Reply(say(name, talk.language), Behaviour.HANDOVER, route=route), replace(talk, choices=(), question="")

    def _name(self, code: str) -> str:
        found = self.catalogue.find(code)
        return found.procedure.name_vi if found else code


_CANNED: dict[Route, tuple[Behaviour, str]] = {
    Route.GREETING: (Behaviour.CLARIFY, "greeting"),
    Route.OUT_OF_SCOPE: (Behaviour.OUT_OF_SCOPE, "out_of_scope"),
    Route.OTHERS_DATA: (Behaviour.REFUSE, "refuse_others_data"),
    Route.INJECTION: (Behaviour.REFUSE, "refuse_injection"),
    Route.UNLAWFUL: (Behaviour.REFUSE, "refuse_unlawful"),
}


def _belongs_elsewhere(text: str) -> bool:
    """Whether words that name no topic are surely none of the catalogue's: `ho so cua toi den dau roi`."""
    routed = choose_route(text)
    return routed.route is not Route.PROCEDURE and routed.confidence >= CERTAIN


def _ask_second_factor(text: str, talk: Talk) -> tuple[Reply, Talk]:
    dossier = find_dossier(text) or talk.dossier
    said = say("status", talk.language, dossier=dossier) if dossier else say("status_no_code", talk.language)
    return Reply(said, Behaviour.STATUS_LOOKUP, route=Route.STATUS, confidence=1.0), replace(talk, dossier=dossier)


def _spell_alike(text: str, words: str) -> str:
    """Words with accents only where the text has them: the speller takes a text for one or the other."""
    return words if fold(text) != text.lower() else fold(words)


def build_assistant(bounds: Bounds | None = None) -> Assistant:
    """The assistant over the catalogue that ships with the product."""
    return Assistant(load_national(), bounds=bounds or Bounds())


def reply_to(turns: Sequence[str], assistant: Assistant) -> tuple[Reply, ...]:
    """The replies to a whole talk, one a turn."""
    talk, replies = Talk(language=Language.VI), []
    for turn in turns:
        reply, talk = assistant.reply(turn, talk)
        replies.append(reply)
    return tuple(replies)
