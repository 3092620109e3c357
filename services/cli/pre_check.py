"""`motcua pre-check`: files treated as one dossier, before it is handed in."""

import os
from pathlib import Path
from typing import Annotated

import typer

from services.cli import app
from services.cli.extract import choose_files
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.dossier.errors import CannotProceed, Refused
from services.precheck.judge import judge
from services.precheck.read import read_files

_EXAMPLE = "Example: motcua pre-check hoso/ --procedure 1.001193 --json -"


@app.command("pre-check", epilog=_EXAMPLE)
def check_files(
    paths: Annotated[list[Path], typer.Argument(help="The files of one dossier, or its folder.")],
    *,
    procedure: Annotated[str, typer.Option(help="Code of the procedure; without it, it is guessed.")] = "",
    words: Annotated[str, typer.Option(help="What the applicant wants, in plain words.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Files read at once.")] = os.cpu_count() or 1,
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Is the dossier complete and in agreement? / Hồ sơ đã đủ và khớp chưa?"""
    try:
        reads = list(read_files(choose_files(paths), jobs))
        shape = judge(reads, procedure, words)
        write_json(json_file, shape)
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        _print(shape)
    if not shape["complete"] or any(read.error for read in reads):
        raise typer.Exit(NEEDS_PERSON)


def _print(shape: dict[str, object]) -> None:
    procedure, findings = shape["procedure"], shape["findings"]
    assert isinstance(procedure, dict)  # noqa: S101 - the shape above
    assert isinstance(findings, list)  # noqa: S101
    typer.echo(f"Thủ tục: {procedure['code']} {procedure['name'] or ''} ({procedure['confidence']:.0%})")
    documents = shape["documents"]
    assert isinstance(documents, list)  # noqa: S101
    for document in documents:
        if document["error"]:
            typer.echo(f"! {document['file']}: {document['error']}")
    for finding in findings:
        typer.echo(f"- {finding['text_vi']}")
    typer.echo("Hồ sơ đủ giấy tờ." if shape["complete"] else "Hồ sơ chưa đủ giấy tờ.")
