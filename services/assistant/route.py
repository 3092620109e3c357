"""Where a turn belongs, told from its words alone: clear signs first, a trained model for the rest."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.assistant.aspect import folded_words
from services.assistant.behaviour import Route
from services.assistant.dense import Dense, unpack_dense
from services.assistant.embed import embed_question
from services.assistant.linear import Linear, unpack_linear
from services.assistant.question import read_question

_DOSSIER = re.compile(r"\b(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]{1,3}\d{2}(?:\.\d{1,3})*-\d{6}-\d{3,6}\b", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:cua ai|la ai|cua nguoi nao|ai nop|ten nguoi|whose|who (?:owns|filed|submitted))\b")

_KEY = re.compile(r"(?<![\w-])(?=[A-Z2-9]*[A-Z])[2-9A-HJ-NP-Z]{8}(?![\w-])")
WORDS_SHARE = 0.65
"""How much the words count beside the vector (a weighted geometric mean)."""

ALONE = 0.5
"""From this share on one behaviour is taken without a look at the catalogue."""

REFUSALS = (Route.OTHERS_DATA, Route.INJECTION, Route.UNLAWFUL)
HANDOVERS = (Route.FEEDBACK, Route.PERSON)


@dataclass(frozen=True, slots=True)
class Routed:
    """The likeliest route, and how likely every route is."""

    route: Route
    shares: dict[Route, float]

    @property
    def confidence(self) -> float:
        """How likely the chosen route is, with those that end the same way."""
        return sum(self.shares[route] for route in _alike(self.route))


def choose_route(text: str) -> Routed:
    """The route of one turn.

    Routes that end the same way (three kinds of refusal, two of hand-over) are weighed together against the others.
    """
    shares = _judge(text)
    if find_dossier(text):
        whose = _WHOSE.search(folded_words(text)) or shares[Route.INJECTION] >= ALONE
        shares = dict.fromkeys(Route, 0.0) | {Route.OTHERS_DATA if whose else Route.STATUS: 1.0}
    return Routed(max(Route, key=lambda route: (sum(shares[one] for one in _alike(route)), shares[route])), shares)


def _judge(text: str) -> dict[Route, float]:
    """What the words say, with what the sentence's vector says where this machine has an embedder."""
    by_words = _load_model().judge(text)
    vector = embed_question(read_question(text).text)
    if vector is None:
        return {Route(label): share for label, share in by_words.items()}
    by_sense = _load_dense().judge(vector)
    mixed = {Route(label): by_words[label] ** WORDS_SHARE * by_sense[label] ** (1 - WORDS_SHARE) for label in by_words}
    whole = sum(mixed.values())
    return {route: share / whole for route, share in mixed.items()}


def find_dossier(text: str) -> str:
    """The dossier's code named in a text, upper case; empty when there is none."""
    match = _DOSSIER.search(text)
    return match[0].upper() if match else ""


def find_key(text: str) -> str:
    """The second factor of a receipt in a text (`K7M2P9QX`): in capitals, or alone; empty when there is none."""
    match = _KEY.search(text if len(text.split()) > 1 else text.upper())
    return match[0] if match else ""


def _alike(route: Route) -> tuple[Route, ...]:
    return next((group for group in (REFUSALS, HANDOVERS) if route in group), (route,))


@cache
def _load_dense() -> Dense:
    return unpack_dense((files("services.assistant") / "route_vectors.npz").read_bytes())


@cache
def _load_model() -> Linear:
    return unpack_linear((files("services.assistant") / "route.bin").read_bytes())
