"""What each clue of a procedure weighs, learned from generated dossiers: the part of `motcua train --clues`."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.classify.clues import CLUES, tell, weigh
from services.classify.learn_procedure import Case, learn_weights
from services.classify.name import name_papers
from services.classify.procedure import with_national

SEED, DOSSIERS, NATIONAL = 5, 174, 60
_HEAD = "# What each clue of `clues.py` weighs; learned by `motcua train --clues`.\n"


def learn_clues(lessons: Any) -> str:  # noqa: ANN401 - the generator's module, outside the package, has no type here
    """The weights as the file that ships; the same release gives the same."""
    procedures = with_national(load_shipped())
    drawn = chain(
        lessons.draw_dossier_lessons("train", SEED, DOSSIERS), lessons.draw_national_lessons("train", SEED, NATIONAL)
    )
    weights = learn_weights(cases_of(drawn, procedures))
    return say_weights(weights)


def say_weights(weights: NDArray[np.float64]) -> str:
    """Weights as TOML."""
    return _HEAD + "".join(f"{clue} = {weight:.2f}\n" for clue, weight in zip(CLUES, weights, strict=True))


def cases_of(drawn: Iterable[Any], procedures: tuple[Procedure, ...]) -> list[Case]:
    """Each dossier's clues, and which procedure it is for."""
    place = {procedure.code: at for at, procedure in enumerate(procedures)}
    cases = []
    for dossier in drawn:
        told = tell(name_papers(dossier.documents), dossier.documents, dossier.words)
        cases.append(Case(weigh(told, procedures).astype(np.float32), place[dossier.procedure]))
    return cases
