"""What each clue of a procedure weighs, learned from generated dossiers and from what officers chose: the part of
`motcua train --clues`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.classify.clues import CLUES, tell, weigh
from services.classify.learn_procedure import Case, learn_weights
from services.classify.name import name_papers
from services.classify.procedure import learned_weights, probabilities, unpack_weights, with_national
from services.clock import in_vietnam
from services.stack.running import settings_here
from services.storage.chosen import Choice, all_chosen
from services.storage.database import Connection, connect
from services.storage.dossiers import read_dossier
from services.storage.models import SHIPPED, ModelShelf
from services.storage.papers import read_documents, read_papers
from services.storage.procedures import cached_procedures

SEED, DOSSIERS, NATIONAL = 5, 174, 60
FROZEN_SEED, FROZEN_DOSSIERS, FROZEN_NATIONAL = 3, 87, 30
"""The frozen evaluation set: dossiers of layouts, wordings and procedures of the eval split."""
THREE = 3
_HEAD = "# What each clue of `clues.py` weighs; learned by `motcua train --clues`.\n"


def train_clues(lessons: Any, shelf: ModelShelf | None, *, confirmed: bool) -> tuple[str, dict[str, Any]]:  # noqa: ANN401
    """The weights as the file that is kept, and what was measured of them and of those in use.

    `lessons` is the generator's module, which lies outside the package. The same release and the same choices of
    officers give the same weights.
    """
    procedures = with_national(load_shipped())
    drawn = _draw(lessons, "train", SEED, DOSSIERS, NATIONAL)
    extra = list(_confirmed()) if confirmed else []
    content = say_weights(learn_weights([*cases_of(drawn, procedures), *extra]))
    frozen = cases_of(_draw(lessons, "eval", FROZEN_SEED, FROZEN_DOSSIERS, FROZEN_NATIONAL), procedures)
    outcome = decide_weights(unpack_weights(content.encode()), _old(shelf), frozen)
    return content, {**outcome, "confirmed": len(extra)}


def decide_weights(new: NDArray[np.float64], old: NDArray[np.float64], frozen: Sequence[Case]) -> dict[str, Any]:
    """Both on the frozen set; the new are better where the right procedure is likelier and as often named first."""
    figures, before = measure_weights(new, frozen), measure_weights(old, frozen)
    better = figures["likelihood"] > before["likelihood"] and figures["top1"] >= before["top1"]
    return {"new": figures, "old": before, "better": better}


def measure_weights(weights: NDArray[np.float64], cases: Sequence[Case]) -> dict[str, float]:
    """How often the right procedure comes first and among three (a tie is no answer), and how likely it is held
    (geometric mean)."""
    right = [probabilities(case.clues, weights) for case in cases]
    places = np.array([(shares >= shares[case.answer]).sum() - 1 for shares, case in zip(right, cases, strict=True)])
    held = np.array([max(shares[case.answer], 1e-12) for shares, case in zip(right, cases, strict=True)])
    return {
        "top1": round(float((places == 0).mean()), 4), "top3": round(float((places < THREE).mean()), 4),
        "likelihood": round(float(np.exp(np.log(held).mean())), 4), "dossiers": len(cases),
    }  # fmt: skip


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


def chosen_cases(connection: Connection) -> Iterator[Case]:
    """Dossiers whose procedure an officer chose or confirmed, weighed against the catalogue of their day."""
    for choice in all_chosen(connection):
        if case := _case_of(connection, choice):
            yield case


def _case_of(connection: Connection, choice: Choice) -> Case | None:
    """None where the dossier says nothing to learn from, or its procedure is in the catalogue no more."""
    dossier = read_dossier(connection, choice.dossier_id)
    day = in_vietnam(dossier.received_at or dossier.submitted_at).date()
    procedures = with_national(cached_procedures(connection, day))
    answer = next((at for at, one in enumerate(procedures) if one.code == choice.procedure), None)
    papers = [read.paper for read in read_papers(connection, dossier.id)]
    told = tell(papers, read_documents(connection, dossier.id), dossier.words)
    if answer is None or told.says_nothing:
        return None
    return Case(weigh(told, procedures).astype(np.float32), answer)


def write_clues_card(outcome: Mapping[str, Any], day: str) -> str:
    """The card in Markdown."""
    count = outcome["confirmed"]
    new, old = outcome["new"], outcome["old"]
    rows = "\n".join(f"| {said} | {new[key]:.4f} | {old[key]:.4f} |" for key, said in _FIGURES)
    return _CARD.format(
        day=day, rows=rows, of=new["dossiers"], drawn=DOSSIERS + NATIONAL, option=" --confirmed" if count else "",
        extra=f" and {count} dossiers whose procedure an officer chose or confirmed" if count else "",
    )  # fmt: skip


_FIGURES = (
    ("top1", "right procedure first"), ("top3", "among the first three"),
    ("likelihood", "how likely the right one is held"),
)  # fmt: skip
_CARD = """# Clues of procedures

What each thing that a dossier tells (kinds of its papers, titles, what is asked for, the applicant's words) weighs when
its procedure is guessed: a conditional logit, one weight a clue. Made on {day} by

    motcua train --clues{option}

**Learned from** {drawn} generated dossiers{extra}. **Measured on** {of} generated dossiers of layouts, wordings and
procedures that training never saw. It decides nothing where it is unsure: an officer chooses.

| figure | these weights | the ones before |
| --- | --- | --- |
{rows}
"""


def _draw(lessons: Any, split: str, seed: int, dossiers: int, national: int) -> Iterator[Any]:  # noqa: ANN401
    return chain(
        lessons.draw_dossier_lessons(split, seed, dossiers), lessons.draw_national_lessons(split, seed, national)
    )


def _confirmed() -> Iterator[Case]:
    with connect(settings_here().database_url) as connection:
        yield from chosen_cases(connection)


def _old(shelf: ModelShelf | None) -> NDArray[np.float64]:
    """The weights in use; those that ship where the ones in use were made for another release."""
    number = shelf.in_use() if shelf else SHIPPED
    try:
        return unpack_weights(shelf.model(number)) if shelf and number != SHIPPED else learned_weights()
    except ValueError:
        return learned_weights()
