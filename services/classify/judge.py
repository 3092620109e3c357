"""How the evidence of a page becomes probabilities of kinds."""

from collections.abc import Mapping

from services.classify.evidence import (
    Title,
    count_phrases,
    find_titles,
    looks_like_letter,
    looks_like_private_letter,
    looks_like_zone,
    looks_normative,
)
from services.classify.features import hash_page
from services.classify.model import KindModel, shipped_model
from services.dossier.kinds import PaperKind
from services.dossier.page import Page

_TITLE = 7.0
_PHRASE = 1.3
_MOST_PHRASES = 5.0
_LETTER = 6.0
_ZONE = 6.0
_CARD_PHRASES = 1  # "căn cước" is also the name of a law
_NOTHING = 1.2  # what "none of the known kinds" starts with


def judge_page(page: Page, model: KindModel | None = None) -> tuple[list[tuple[PaperKind, float]], Title | None]:
    """Kinds with their probabilities, best first, and the title the page carries (None on a page that goes on)."""
    evidence, title = weigh_evidence(page)
    return (model or shipped_model()).judge(hash_page(page), evidence), title


def weigh_evidence(page: Page) -> tuple[Mapping[PaperKind, float], Title | None]:
    """What titles and phrases say for each kind, in points, and the title."""
    scores = dict.fromkeys(PaperKind, 0.0)
    del scores[PaperKind.UNREADABLE]
    scores[PaperKind.OTHER] = _NOTHING
    titles = find_titles(page)
    phrases = count_phrases(page)
    for rank, title in enumerate(titles[:3]):
        alone = title.kind is PaperKind.CITIZEN_ID_FRONT and phrases.get(title.kind, 0) < _CARD_PHRASES
        weight = _TITLE * title.likeness * (1.0 if rank == 0 else 0.3) * (0.2 if alone else 1.0)
        scores[title.kind] = max(scores[title.kind], weight)
    if looks_normative(page):
        scores[PaperKind.OTHER] += _LETTER
    for kind, count in phrases.items():
        scores[kind] += _PHRASE * min(count, _MOST_PHRASES)
    if not titles and looks_like_letter(page):
        scores[PaperKind.OFFICIAL_LETTER] += _LETTER
    if not titles and looks_like_private_letter(page):
        scores[PaperKind.HANDWRITTEN_LETTER] += _LETTER
    if looks_like_zone(page):
        scores[PaperKind.CITIZEN_ID_BACK] += _ZONE
    return scores, titles[0] if titles else None
