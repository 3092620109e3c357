"""Which read paper stands for which true one: those that share most pages, each once."""

from dataclasses import dataclass

from services.evaluation.outcome import DossierOutcome, PaperOutcome
from services.evaluation.truth import TrueDossier, TrueFile, TruePaper


@dataclass(frozen=True, slots=True)
class Pair:
    """A true paper and the read one, either None where it has no partner; `seen` is the paper read on the same pages
    even where that one already stands for another."""

    file: TrueFile
    truth: TruePaper | None
    read: PaperOutcome | None
    seen: PaperOutcome | None = None


def pair_papers(truth: TrueDossier, outcome: DossierOutcome) -> list[Pair]:
    """Every paper of a dossier, true or read, in one pair."""
    pairs: list[Pair] = []
    for file, read in zip(truth.files, outcome.files, strict=True):
        taken: set[int] = set()
        for paper in file.papers:
            ranked = sorted(range(len(read.papers)), key=lambda n, p=paper: -_alike(p, read.papers[n]))  # type: ignore[misc]
            shared = [n for n in ranked if paper.pages & read.papers[n].pages]
            free = next((n for n in shared if n not in taken), None)
            taken |= {free} if free is not None else set()
            pairs.append(
                Pair(
                    file,
                    paper,
                    read.papers[free] if free is not None else None,
                    read.papers[shared[0]] if shared else None,
                )
            )
        pairs += [Pair(file, None, paper) for number, paper in enumerate(read.papers) if number not in taken]
    return pairs


def _alike(truth: TruePaper, read: PaperOutcome) -> float:
    """Shared pages over all pages; at the same share the right kind first."""
    both = len(truth.pages & read.pages) / max(len(truth.pages | read.pages), 1)
    return both + 0.01 * (read.guesses[:1] == (truth.kind,))
