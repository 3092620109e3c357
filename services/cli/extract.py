"""`motcua extract`: files read without any server, the same stages in process."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import track

from services import clock
from services.check.look import check_dossier
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop
from services.dossier.errors import CannotProceed, Refused
from services.dossier.kinds import TITLE_OF
from services.precheck.read import FileRead, list_files, read_files
from services.precheck.shapes import file_shape, main_paper
from services.wording import Language, sentence

_EXAMPLE = "Example: motcua extract scans/ don.jpg --jobs 2 --json read.jsonl"


@app.command("extract", epilog=_EXAMPLE)
def extract_files(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders whose files are read.")],
    *,
    jobs: Annotated[int, typer.Option(min=1, help="Files read at once.")] = os.cpu_count() or 1,
    json_file: Annotated[str, typer.Option("--json", help="Write one JSON line a file; - for standard output.")] = "",
) -> None:
    """Read files: pages, kind of paper, fields / Đọc tệp: trang, loại giấy tờ, các trường."""
    console = Console(stderr=True)
    doubtful = False
    try:
        files = choose_files(paths)
        with _sink(json_file) as sink:
            reading = read_files(files, jobs)
            for read in track(reading, "Đọc", len(files), console=console, disable=not console.is_terminal):
                doubtful = doubtful or needs_person(read)
                if sink:
                    sink.write(json.dumps(line_of(read), ensure_ascii=False) + "\n")
                    sink.flush()
                if json_file != "-":
                    _print(read)
    except (Refused, CannotProceed) as error:
        stop(error)
    if doubtful:
        raise typer.Exit(NEEDS_PERSON)


def choose_files(paths: list[Path]) -> list[Path]:
    """The files to read.

    Raises:
        Refused: none of the paths is there, or a folder is empty.
    """
    if not any(path.exists() for path in paths):
        raise Refused(sentence("extract.no_path", path=str(paths[0])))
    return list_files(paths)


def needs_person(read: FileRead) -> bool:
    """Whether somebody must look: a refused file, or a paper of no known kind."""
    return read.error is not None or any(paper.paper.kind is None for paper in read.papers)


def line_of(read: FileRead) -> dict[str, object]:
    """The JSON of one file, with what the check finds in it alone."""
    findings = check_dossier(None, [read.document], read.papers, clock.in_vietnam(clock.now()).date())
    return file_shape(read, findings if read.error is None else ())


@contextmanager
def _sink(target: str) -> Iterator[TextIO | None]:
    if target == "-":
        yield sys.stdout
        return
    if not target:
        yield None
        return
    try:
        with Path(target).open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise Refused(sentence("general.unwritable", file=target, reason=error.strerror or "")) from None


def _print(read: FileRead) -> None:
    if read.error:
        typer.echo(f"{read.path}: {read.error.say(Language.VI)}")
        return
    main = main_paper(read.papers)
    kind = main.paper.kind if main else None
    name = TITLE_OF[kind] if kind else "chưa nhận ra"
    typer.echo(f"{read.path}: {name} ({main.paper.confidence if main else 0:.0%}, {len(read.document.pages)} trang)")
    for paper in read.papers:
        for field in paper.fields:
            typer.echo(f"    {field.name}: {field.value}  [{field.confidence:.2f}, trang {field.page}]")
