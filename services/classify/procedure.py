"""Which procedure a dossier is for, from its papers together and the applicant's words, against the whole catalogue."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from services.catalogue.national import load_national
from services.catalogue.procedure import Procedure
from services.classify.clues import CLUES, COMMON, Told, tell, weigh
from services.dossier.document import Document
from services.dossier.paper import Paper, ProcedureGuess

ABSTAIN_BELOW = 0.5


def guess_procedure(
    papers: Sequence[Paper],
    documents: Sequence[Document],
    procedures: Sequence[Procedure],
    declared: str | None = None,
    words: str = "",
    *,
    weights: NDArray[np.float64] | None = None,
) -> ProcedureGuess:
    """The procedure that the declared code, the papers and the words speak for, with the best three and the reasons.

    `weights`: one a clue; without any those that ship.
    """
    if declared and any(procedure.code == declared for procedure in procedures):
        return ProcedureGuess(declared, 1.0, ((declared, 1.0),), (f"declared {declared}",))
    told = tell(papers, documents, words)
    if not procedures or told.says_nothing:
        return ProcedureGuess(None, 0.0, ())
    table = weigh(told, procedures)
    shares = probabilities(table, learned_weights() if weights is None else weights)
    best = np.argsort(-shares, kind="stable")[:3]
    guesses = tuple((procedures[at].code, round(float(shares[at]), 4)) for at in best)
    sure = guesses[0][1] >= ABSTAIN_BELOW and bool(table[best[0], : len(CLUES) - 1].any())
    return ProcedureGuess(
        guesses[0][0] if sure else None, guesses[0][1], guesses, _reasons(procedures[best[0]], table[best[0]], told)
    )


def probabilities(table: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each procedure is; they sum to one."""
    scores = table @ weights
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum(), np.float64)


@cache
def learned_weights() -> NDArray[np.float64]:
    """One weight a clue, as `motcua train` learned them for the release."""
    return unpack_weights(files("services.classify").joinpath("procedure_weights.toml").read_bytes())


def unpack_weights(content: bytes) -> NDArray[np.float64]:
    """Weights from their file.

    Raises:
        ValueError: they were made for other clues than this release has.
    """
    table = tomllib.loads(content.decode())
    if set(table) != set(CLUES):
        raise ValueError("the weights are of other clues")
    return np.array([float(table[clue]) for clue in CLUES])


def with_national(procedures: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """These procedures, and behind them what the national pack has beside them."""
    return (*procedures, *_national_without(frozenset(procedure.code for procedure in procedures)))


@cache
def _national_without(codes: frozenset[str]) -> tuple[Procedure, ...]:
    national = load_national()
    found = (national.find(code) for code in national.codes if code not in codes)
    return tuple(row.procedure for row in found if row)


def _reasons(procedure: Procedure, clues: NDArray[np.float64], told: Told) -> tuple[str, ...]:
    """What spoke for it: kinds it asks for, then the clues of words that were strong."""
    asked = {kind for paper in procedure.papers for kind in paper.kinds}
    kinds = sorted(kind.value for kind in (asked & told.kinds) - COMMON)
    strong = [name for name, value in zip(CLUES[3:9], clues[3:9], strict=True) if value > STRONG]
    return (*kinds, *strong)


STRONG = 0.35
