"""Classify as a stage: all pages of a dossier at once, for papers and procedure speak for each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.catalogue.procedure import Procedure
from services.classify.in_use import model_in_use, weights_in_use
from services.classify.model import KindModel
from services.classify.name import name_papers
from services.classify.procedure import guess_procedure, with_national
from services.clock import in_vietnam
from services.dossier.document import Document
from services.dossier.paper import PageRef, Paper, ProcedureGuess
from services.pipeline.route import Lane, Stage
from services.pipeline.stage import Desk, StageDefinition
from services.storage.appointments import appoint, is_same_day, store_guess
from services.storage.database import Connection
from services.storage.dossiers import read_dossier
from services.storage.papers import read_documents, store_papers
from services.storage.procedures import cached_procedures
from services.storage.runs import Run
from services.storage.sorting import SortedPaper, read_sorted


@dataclass(frozen=True, slots=True)
class DossierToName:
    """Everything read so far, the catalogue of the day it was received, the model of kinds in use, the papers as an
    officer sorted them, the procedure it was named for in an earlier round (None in the first), and what clues of
    procedures weigh (None: as they ship)."""

    documents: tuple[Document, ...]
    procedures: tuple[Procedure, ...]
    declared: str | None
    words: str
    lane: str
    model: KindModel
    sorted: tuple[SortedPaper, ...] = ()
    told: str | None = None
    weights: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The papers, the procedure they speak for, and what the appointment needs."""

    papers: tuple[Paper, ...]
    guess: ProcedureGuess
    procedure: Procedure | None
    todo: DossierToName


def load_dossier(desk: Desk, run: Run) -> DossierToName:
    """Read the pages and the catalogue."""
    row = read_dossier(desk.connection, run.dossier_id)
    counted_from = row.received_at or row.submitted_at
    return DossierToName(
        tuple(read_documents(desk.connection, run.dossier_id)),
        cached_procedures(desk.connection, in_vietnam(counted_from).date()),
        row.declared_procedure,
        row.words,
        row.lane,
        model_in_use(desk.store),
        read_sorted(desk.connection, run.dossier_id),
        row.procedure,
        weights_in_use(desk.store),
    )


def name_dossier(todo: DossierToName) -> Named:
    """Kinds of paper first, then the procedure they speak for together.

    A procedure once told stays whatever papers come later, for a date was promised by it: only an officer changes it.
    The guess still says what all papers speak for now, for the officer to choose from.
    """
    papers = name_beside(todo.documents, todo.sorted, todo.model)
    offered = with_national(todo.procedures)
    guess = guess_procedure(papers, todo.documents, offered, todo.declared, todo.words, weights=todo.weights)
    code = todo.told or guess.code
    found = next((procedure for procedure in todo.procedures if procedure.code == code), None)
    return Named(papers, guess, found, todo)


def name_beside(documents: Sequence[Document], kept: Sequence[SortedPaper], model: KindModel) -> tuple[Paper, ...]:
    """What an officer sorted stays as he sorted it; the machine names the pages that came since."""
    there = {(document.number, page.number) for document in documents for page in document.pages}
    held = [paper for paper in kept if there.issuperset(paper.pages)]
    seen = {page for paper in held for page in paper.pages}
    new = [
        replace(document, pages=tuple(page for page in document.pages if (document.number, page.number) not in seen))
        for document in documents
    ]
    ours = tuple(
        Paper(paper.number, tuple(PageRef(*page) for page in paper.pages), paper.kind, 1.0, ()) for paper in held
    )
    # of the ones whose pages went too: what was confirmed on a paper must not come to lie on others
    last = max((paper.number for paper in kept), default=0)
    named = name_papers([document for document in new if document.pages], model)
    return ours + tuple(replace(paper, number=paper.number + last) for paper in named)


def store_named(connection: Connection, run: Run, named: Named) -> None:
    """Write papers and guess; where the procedure is known, the appointment too."""
    store_papers(connection, run.dossier_id, named.papers)
    store_guess(connection, run.dossier_id, named.guess)
    if named.procedure is not None:
        same_day = is_same_day(named.procedure) and named.todo.lane == Lane.NORMAL
        lane = Lane.EXPRESS if same_day else Lane(named.todo.lane)
        appoint(connection, run.dossier_id, named.procedure, lane)


STAGE = StageDefinition(Stage.CLASSIFY, load_dossier, name_dossier, store_named)
