"""`motcua doctor`: what is missing on this machine and how to get it."""

from typing import Annotated

import typer
from rich.console import Console

from services.cli import app
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.dossier.errors import Refused
from services.stack.diagnosis import Diagnosis, State
from services.stack.doctor import count_missing, examine, examine_servers
from services.stack.running import settings_here
from services.wording import Language, Sentence, sentence

MARKS = {State.OK: "[green]✓[/]", State.OPTIONAL: "[yellow]–[/]", State.MISSING: "[red]✗[/]"}


@app.command()
def doctor(
    *,
    servers: Annotated[
        bool, typer.Option("--servers", help="Ask only whether database, broker, store answer.")
    ] = False,
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Say what is missing on this machine and how to get it; 1 when it is needed. Example: motcua doctor --json -"""
    settings = settings_here()
    found = list(examine_servers(settings) if servers else examine(settings))
    try:
        write_json(json_file, describe(found))
    except Refused as error:
        stop(error)
    if json_file != "-":
        _print(found)
    if count_missing(found):
        raise typer.Exit(NEEDS_PERSON)


def describe(found: list[Diagnosis]) -> dict[str, object]:
    """The report as JSON: `{ok, checks: [{name, state, text_vi, text_en}]}`, state ok, optional or missing."""
    return {
        "ok": count_missing(found) == 0,
        "checks": [
            {
                "name": diagnosis.name,
                "state": diagnosis.state.value,
                "text_vi": diagnosis.sentence.say(Language.VI),
                "text_en": diagnosis.sentence.say(Language.EN),
            }
            for diagnosis in found
        ],
    }


def _print(found: list[Diagnosis]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for diagnosis in found:
        _say(console, MARKS[diagnosis.state], diagnosis.sentence)
    missing = count_missing(found)
    console.print()
    _say(console, " ", sentence("doctor.something_missing", count=missing) if missing else sentence("doctor.all_well"))


def _say(console: Console, mark: str, said: Sentence) -> None:
    console.print(f"{mark} ", end="")
    console.print(said.say(Language.VI), markup=False)
    console.print(f"    {said.say(Language.EN)}", style="dim", markup=False)
