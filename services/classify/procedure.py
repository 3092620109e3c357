"""Which procedure a dossier is for, from its papers together and the applicant's words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from services.catalogue.ordinary import ORDINARY
from services.catalogue.procedure import Procedure
from services.catalogue.rules import holds
from services.dossier.compare import fold
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.paper import Paper, ProcedureGuess

ABSTAIN_BELOW = 0.5
SHARPNESS = 6.0
# papers that lie in dossiers of nearly every procedure say little of which one it is
_COMMON = {PaperKind.CITIZEN_ID_BACK, PaperKind.CITIZEN_ID_FRONT, PaperKind.OTHER, PaperKind.UNREADABLE,
    PaperKind.FEE_RECEIPT,
           PaperKind.OFFICIAL_LETTER, PaperKind.DECISION, PaperKind.HANDWRITTEN_LETTER}  # fmt: skip
_ASKS = re.compile(r"\b(de nghi|xin|yeu cau|v v|ve viec|dang ky)\b")
_EMPTY = frozenset(
    [
        "thu",
        "tuc",
        "dang",
        "ky",
        "cap",
        "giay",
        "cho",
        "cua",
        "va",
        "cac",
        "co",
        "theo",
        "doi",
        "voi",
        "viec",
        "ve",
        "tai",
        "to",
        "khai",
        "don",
        "de",
        "nghi",
        "nguoi",
    ]
)


def guess_procedure(
    papers: Sequence[Paper],
    documents: Sequence[Document],
    procedures: Sequence[Procedure],
    declared: str | None = None,
    words: str = "",
) -> ProcedureGuess:
    """The procedure that the declared code, the papers and the words speak for, with the best three and the reasons."""
    if declared and any(procedure.code == declared for procedure in procedures):
        return ProcedureGuess(declared, 1.0, ((declared, 1.0),), (f"declared {declared}",))
    if not procedures:
        return ProcedureGuess(None, 0.0, ())
    kinds = {paper.kind for paper in papers if paper.kind is not None}
    said = _weigh(f"{words} {_titles(papers)} {_wishes(papers, documents)}", procedures)
    scored = sorted(((_score(p, kinds, said), p) for p in procedures), key=lambda pair: -pair[0])
    best = scored[0][0]
    weights = [math.exp(SHARPNESS * (score - best)) for score, _ in scored]
    total = sum(weights)
    shares = tuple((p.code, round(weight / total, 4)) for (_, p), weight in zip(scored[:3], weights[:3], strict=True))
    sure = best > 0.35 and shares[0][1] >= ABSTAIN_BELOW  # noqa: PLR2004 - some evidence at all
    return ProcedureGuess(shares[0][0] if sure else None, shares[0][1], shares, _reasons(scored[0][1], kinds))


def _titles(papers: Iterable[Paper]) -> str:
    return " ".join(paper.title for paper in papers if paper.kind not in {*_COMMON} - {PaperKind.OTHER})


def _wishes(papers: Sequence[Paper], documents: Sequence[Document]) -> str:
    """The lines of petitions and of papers of no known kind that say what is asked for."""
    asking = {None, PaperKind.FREE_FORM_PETITION}
    free = {ref.document for paper in papers if paper.kind in asking for ref in paper.pages}
    lines = [line.text for document in documents if document.number in free for line in document.pages[0].lines]
    return " ".join(line for line in lines if _ASKS.search(fold(line)))


def _score(procedure: Procedure, kinds: set[PaperKind], said: dict[str, float]) -> float:
    """Share of the telling papers that the procedure asks for, and of its own that are there, and words in common."""
    asked = {kind for paper in procedure.papers for kind in paper.kinds}
    telling = kinds - _COMMON
    score = 0.0
    if telling:
        score += 1.0 * len(asked & telling) / len(telling)
        needed = [set(p.kinds) for p in procedure.papers if p.kinds and not p.presented and holds(p.when, ORDINARY)]
        score += 0.5 * sum(bool(need & kinds) for need in needed) / len(needed) if needed else 0.0
        score += 0.25 * bool(procedure.papers and set(procedure.papers[0].kinds) & telling)
    return score + 1.2 * _overlap(procedure, said)


def _overlap(procedure: Procedure, said: dict[str, float]) -> float:
    if not said:
        return 0.0
    return max(_share(text, said) for text in (procedure.name_vi, *procedure.synonyms))


def _share(text: str, said: dict[str, float]) -> float:
    """How much of a name the words cover, rare words weighing more."""
    own = _tokens(text)
    if not own:
        return 0.0
    rare = {word: said.get(word, 0.0) for word in own}
    full = len(own)
    covered = sum(1 for word in rare if rare[word] > 0)
    told = sum(weight for word, weight in rare.items()) / (sum(said.values()) or 1.0)
    return 0.5 * covered / full + 0.5 * told


def _weigh(text: str, procedures: Sequence[Procedure]) -> dict[str, float]:
    """Each word said, by how few procedures have it in their names."""
    counts = _document_frequency(tuple(p.name_vi for p in procedures))
    total = len(procedures)
    return {word: math.log(1 + total / (1 + counts[word])) for word in _tokens(text)}


@lru_cache(maxsize=4)
def _document_frequency(names: tuple[str, ...]) -> Counter[str]:
    return Counter(word for name in names for word in _tokens(name))


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> frozenset[str]:
    words = [word for word in fold(text).split(" ") if word]
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    return frozenset(pairs | {word for word in words if word not in _EMPTY and len(word) > 1})


def _reasons(procedure: Procedure, kinds: set[PaperKind]) -> tuple[str, ...]:
    asked = {kind for paper in procedure.papers for kind in paper.kinds}
    return tuple(sorted(kind.value for kind in asked & kinds))
