"""`motcua demo`: starts everything in a fresh folder, submits a folder of dossiers, prints what came out, stops."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from services import logs
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.dossier.errors import CannotProceed, Refused
from services.dossier.naming import name_kind
from services.settings import get_settings
from services.storage.on_time import Verdict
from services.wording import Language, sentence

SAMPLES = Path("samples/dossiers")


@app.command(epilog="Example: motcua demo samples/dossiers --json demo.json")
def demo(
    path: Annotated[Path, typer.Argument(help="folder: each sub-folder (or file) is a dossier", exists=True)] = SAMPLES,
    readers: Annotated[int | None, typer.Option(min=1, help="pages read at once; one a core when not given")] = None,
    limit: Annotated[int, typer.Option(help="seconds to wait at most")] = 1800,
    json_file: Annotated[str, typer.Option("--json", help="write JSON to this file; - for standard output")] = "",
) -> None:
    """Run the main job once on embedded defaults: submit, read, check, time; print; stop."""
    from services.stack.demo import run_demo  # noqa: PLC0415 - the other commands start without the servers
    from services.stack.submit import dossiers_of  # noqa: PLC0415 - the same
    from services.stack.supervisor import Plan, Stack  # noqa: PLC0415 - the same

    logs.configure("ERROR")
    console = Console(stderr=json_file == "-")
    settings = get_settings()
    try:
        bundles = dossiers_of(path)
        _say(console, "stack.demo_starts")
        with (
            tempfile.TemporaryDirectory(prefix="motcua-demo-") as folder,
            Stack(Plan(Path(folder), readers=readers), settings) as stack,
            _progress(console) as progress,
        ):
            task = progress.add_task("hồ sơ / dossiers", total=len(bundles))
            outcome = run_demo(
                stack.url, bundles, stack.settings, limit, lambda arrived, _: progress.update(task, completed=arrived)
            )
        write_json(json_file, outcome.report)
    except (Refused, CannotProceed) as error:
        stop(error)
    _print(console, outcome.report)
    if not outcome.arrived:
        _say(console, "stack.demo_slow", seconds=limit)
        raise typer.Exit(NEEDS_PERSON)
    _say(console, "stack.keep_running", url="http://127.0.0.1:8000")


_FIGURES = {"received": "portal.received"} | {str(verdict): f"portal.verdict_{verdict}" for verdict in Verdict}


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )


def _say(console: Console, id_: str, **params: str | int) -> None:
    for language in Language:
        console.print(sentence(id_, **params).say(language), highlight=False)


def _print(console: Console, report: dict[str, Any]) -> None:
    table = Table(
        "hồ sơ / dossier", "giấy tờ / papers", "thủ tục, hạn / procedure, due", "giây / seconds", show_lines=True
    )
    for dossier in report["dossiers"]:
        table.add_row(
            f"{dossier['code']}\n{dossier['source']}",
            "\n".join(f"{d['file']}: {name_kind(d['kind']).say() if d['kind'] else '?'}" for d in dossier["documents"])
            + f"\n{dossier['fields']} trường / fields",
            f"{dossier['procedure_name'] or '?'}\n{(dossier['due_at'] or '–')[:16].replace('T', ' ')}",
            "\n".join(f"{name} {stage['working_s']:.2f}" for name, stage in dossier["stages"].items()),
        )
    console.print(table)
    for dossier in report["dossiers"]:
        for text in dossier["findings"]:
            console.print(f"• {dossier['source']}: {text}", highlight=False, markup=False)
    figures = Table("đúng hạn / on time", "số / count")
    for name, value in report["on_time"].items():
        if isinstance(value, int):
            figures.add_row(" / ".join(sentence(_FIGURES[name]).say(language) for language in Language), str(value))
    console.print(figures)
    line = f"{report['pages']} trang / pages, {report['seconds']:.1f} s, {report['pages_per_second']:.2f} trang/s"
    console.print(line, highlight=False)
