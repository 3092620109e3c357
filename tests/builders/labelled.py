"""Labelled dossiers and what was read of them, as short as a test wants them."""

from pathlib import Path

from services.dossier.kinds import PaperKind
from services.evaluation.outcome import DossierOutcome, FileOutcome, PaperOutcome, ReadValue
from services.evaluation.truth import TrueDossier, TrueFile, TruePaper


def true_file(*papers: TruePaper, name: str = "1.pdf", pages: tuple[str, ...] = ("",)) -> TrueFile:
    return TrueFile(Path(name), pages, papers, "scan")


def true_paper(kind: PaperKind, page: int = 1, **fields: str) -> TruePaper:
    return TruePaper(kind, frozenset({page}), fields)


def true_dossier(*files: TrueFile, procedure: str = "1.001193", missing: tuple[PaperKind, ...] = ()) -> TrueDossier:
    return TrueDossier("d", procedure, "", files, missing, (), frozenset())


def read_paper(kind: PaperKind, *pages: int, decided: bool = True, **fields: str) -> PaperOutcome:
    values = {name: ReadValue(value, 0.95) for name, value in fields.items()}
    return PaperOutcome((kind,), decided, 0.9, frozenset(pages or (1,)), values)


def read_dossier(*files: FileOutcome, missing: tuple[frozenset[PaperKind], ...] = ()) -> DossierOutcome:
    return DossierOutcome(("1.001193",), True, files, missing, missing, (), frozenset())


def read_file(*papers: PaperOutcome, pages: tuple[str, ...] = ("",)) -> FileOutcome:
    return FileOutcome(pages, papers)
