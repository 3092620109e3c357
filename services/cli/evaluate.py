"""`motcua evaluate`: the figures of docs/evaluation.md on labelled dossiers."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from services import clock
from services.catalogue.shipped import load_shipped
from services.catalogue.versions import in_force
from services.check.missing import missing_papers
from services.classify.procedure import with_national
from services.cli import app
from services.cli.output import stop, write_json
from services.dossier.errors import CannotProceed, Refused
from services.dossier.kinds import PaperKind
from services.dossier.paper import ReadPaper
from services.evaluation.outcome import ContradictionOutcome, DossierOutcome, FileOutcome, PaperOutcome, ReadValue
from services.evaluation.report import measure
from services.evaluation.truth import TrueDossier, read_truths
from services.precheck.judge import judge
from services.precheck.read import FileRead, read_files

_EXAMPLE = "Example: motcua evaluate samples/dossiers --json figures.json"


@app.command("evaluate", epilog=_EXAMPLE)
def evaluate_folder(
    path: Annotated[Path, typer.Argument(help="Folder of labelled dossiers, each with its truth.json.")],
    *,
    jobs: Annotated[int, typer.Option(min=1, help="Files read at once.")] = os.cpu_count() or 1,
    pages: Annotated[Path | None, typer.Option(help="Keep read pages in this folder; a second run skips OCR.")] = None,
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Measure on labelled dossiers: text, kinds, fields, procedure, missing papers / Đo trên hồ sơ đã gán nhãn."""
    try:
        figures = evaluate(read_truths(path), jobs, pages)
        write_json(json_file, figures)
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        _print(figures)


def evaluate(truths: Sequence[TrueDossier], jobs: int, kept: Path | None = None) -> dict[str, Any]:
    """Read every file of these dossiers, check each dossier, measure."""
    files = [(file.path, number) for truth in truths for number, file in enumerate(truth.files, 1)]
    reading = read_files([path for path, _ in files], jobs, [number for _, number in files], kept)
    console = Console(stderr=True)
    reads = list(track(reading, "Đọc", len(files), console=console, disable=not console.is_terminal))
    outcomes, start = [], 0
    for truth in truths:
        outcomes.append((truth, outcome_of(truth, reads[start : start + len(truth.files)])))
        start += len(truth.files)
    return measure(outcomes)


def outcome_of(truth: TrueDossier, reads: Sequence[FileRead]) -> DossierOutcome:
    """What `motcua pre-check` says of a dossier whose procedure nobody named, and what would be missing if one had."""
    shape: Any = judge(reads, "", truth.words)
    return DossierOutcome(
        procedures=tuple(code for code, _ in shape["procedure"]["alternatives"]),
        decided=shape["procedure"]["decided"],
        files=tuple(_file(read) for read in reads),
        missing=tuple(_kinds(row["kinds"]) for row in shape["missing"]),
        missing_when_told=_missing_when_told(truth, reads),
        contradictions=tuple(_contradiction(row) for row in shape["contradictions"]),
        strays=frozenset(Path(file).name for file in shape["strays"]),
    )


def _missing_when_told(truth: TrueDossier, reads: Sequence[FileRead]) -> tuple[frozenset[PaperKind], ...]:
    offered = with_national(load_shipped())
    known = any(procedure.code == truth.procedure for procedure in offered)
    procedure = in_force(offered, truth.procedure, _today()) if known else None
    papers = [paper for read in reads for paper in read.papers]
    return tuple(frozenset(missing.kinds) for missing in missing_papers(procedure, papers))


def _today() -> date:
    return clock.in_vietnam(clock.now()).date()


def _kinds(names: Sequence[str]) -> frozenset[PaperKind]:
    return frozenset(PaperKind(name) for name in names)


def _file(read: FileRead) -> FileOutcome:
    return FileOutcome(tuple(page.text for page in read.document.pages), tuple(_paper(paper) for paper in read.papers))


def _paper(read: ReadPaper) -> PaperOutcome:
    paper = read.paper
    return PaperOutcome(
        guesses=tuple(kind for kind, _ in paper.alternatives) or ((paper.kind,) if paper.kind else ()),
        decided=paper.kind is not None,
        confidence=paper.confidence,
        pages=frozenset(ref.page for ref in paper.pages),
        fields={field.name: ReadValue(field.value, field.confidence) for field in read.fields},
    )


def _contradiction(row: dict[str, Any]) -> ContradictionOutcome:
    return ContradictionOutcome(
        row["field"],
        frozenset(Path(value["file"]).name for value in row["values"]),
        frozenset(value["value"] for value in row["values"]),
    )


def _print(figures: dict[str, Any]) -> None:
    typer.echo(f"{figures['dossiers']} dossiers, {figures['files']} files, {figures['papers']} papers")
    for name, figure in flat(figures):
        typer.echo(
            f"{name:46} {figure['value']:>8.2%}   {figure['low']:.2%} – {figure['high']:.2%}   of {figure['of']}"
        )
    for row in figures["kinds"]["confusions"]:
        typer.echo(f"{row['count']:4} × {row['truth']} read as {row['read']}")


def flat(figures: dict[str, Any], path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every figure that has a value, under its dotted name; single fields and kinds are left to the JSON."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name, value in figures.items():
        inner = f"{path}{name}"
        if not isinstance(value, dict) or name in {"per_field", "per_kind"}:
            continue
        if "value" in value:
            found += [(inner, value)] if value["value"] is not None else []
        else:
            found += flat(value, f"{inner}.")
    return found
