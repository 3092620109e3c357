"""Kinds of paper: how often the first guess is right, where the classifier abstains, what is taken for what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.evaluation.interval import Figure, share
from services.evaluation.pairs import Pair

ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Named:
    """A true paper and what it was taken for (`absent`: nothing was read there)."""

    truth: str
    guesses: tuple[str, ...]
    decided: bool
    whole: bool

    @property
    def best(self) -> str:
        """The first guess."""
        return self.guesses[0] if self.guesses else ABSENT


def named_of(pairs: Sequence[Pair]) -> list[Named]:
    """Every true paper of these pairs."""
    return [
        Named(
            pair.truth.kind.value,
            tuple(kind.value for kind in pair.seen.guesses) if pair.seen else (),
            pair.seen is not None and pair.seen.decided,
            pair.seen is not None and pair.seen.pages == pair.truth.pages,
        )
        for pair in pairs
        if pair.truth is not None
    ]


def measure_kinds(papers: Sequence[Named]) -> Figure:
    """All figures of the kinds of paper."""
    decided = [paper for paper in papers if paper.decided]
    per_kind = _per_kind(papers)
    mistaken = Counter((paper.truth, paper.best) for paper in papers if paper.best != paper.truth)
    return {
        "top1": share(sum(paper.best == paper.truth for paper in papers), len(papers)),
        "top3": share(sum(paper.truth in paper.guesses[:3] for paper in papers), len(papers)),
        "decided": share(len(decided), len(papers)),
        "right_where_decided": share(sum(paper.best == paper.truth for paper in decided), len(decided)),
        "whole_papers": share(sum(paper.whole for paper in papers), len(papers)),
        "macro_f1": round(sum(row["f1"] for row in per_kind.values()) / len(per_kind), 4) if per_kind else None,
        "confusions": [{"truth": t, "read": r, "count": count} for (t, r), count in mistaken.most_common()],
        "per_kind": per_kind,
    }


def _per_kind(papers: Sequence[Named]) -> dict[str, Figure]:
    """Of each kind that is in the truth."""
    rows: dict[str, Figure] = {}
    for kind in sorted({paper.truth for paper in papers}):
        true = sum(paper.truth == kind for paper in papers)
        read = sum(paper.best == kind for paper in papers)
        right = sum(paper.truth == kind == paper.best for paper in papers)
        rows[kind] = {
            "papers": true,
            "precision": round(right / read, 4) if read else 0.0,
            "recall": round(right / true, 4),
            "f1": round(2 * right / (true + read), 4),
        }
    return rows
