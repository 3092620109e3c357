"""The port: which procedures a question is about, best first. Pure: the index comes with the product."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from services.assistant.bm25 import Bm25, build_bm25
from services.assistant.candidate import Candidate
from services.catalogue.national import load_national
from services.language.fold import fold, words_of


def find_procedures(
    question: str, *, prior: Mapping[str, float] | None = None, limit: int = 10
) -> tuple[Candidate, ...]:
    """The likeliest procedures of the national catalogue, best first, at most `limit`; empty when no word is known.

    `prior`: what the talk so far says of a code (added to its score), such as the procedure asked about before.
    """
    codes, names, index = _load_index()
    scores = index.score(terms_of(question))
    for code, extra in (prior or {}).items():
        if code in codes:
            scores[codes[code]] += extra
    best = sorted((at for at in range(len(names)) if scores[at] > 0), key=lambda at: -scores[at])[:limit]
    total = sum(scores[at] for at in best) or 1.0
    listed = list(codes)
    return tuple(
        Candidate(listed[at], names[at], float(scores[at]), float(scores[at] / total), ("name",)) for at in best
    )


def terms_of(text: str) -> list[str]:
    """Folded words and pairs of them."""
    words = words_of(fold(text))
    return words + [f"{first} {second}" for first, second in pairwise(words)]


@cache
def _load_index() -> tuple[dict[str, int], list[str], Bm25]:
    national = load_national()
    names = [found.procedure.name_vi for code in national.codes if (found := national.find(code))]
    return {code: at for at, code in enumerate(national.codes)}, names, build_bm25([terms_of(name) for name in names])
