"""`motcua replay`: runs again what waits for a person."""

from typing import Annotated

import typer

from services.cli import app
from services.cli.output import NEEDS_PERSON, write_json
from services.wording import Language, sentence


@app.command(epilog="Example: motcua replay H37.00-261124-0001")
def replay(
    codes: Annotated[list[str] | None, typer.Argument(help="codes of dossiers; all that wait when not given")] = None,
    json_file: Annotated[str, typer.Option("--json", help="write JSON to this file; - for standard output")] = "",
) -> None:
    """Run again what waits for a person: in these dossiers, or in all."""
    from services.cli.here import open_database  # noqa: PLC0415 - the same
    from services.pipeline.replay import replay_dossier  # noqa: PLC0415 - other commands start without the road

    opened = []
    with open_database() as connection:
        waiting = [code for (code,) in connection.execute("SELECT code FROM dossier WHERE road = 'waits_for_person'")]
        for code in codes or waiting:
            try:
                runs = replay_dossier(connection, code)
            except LookupError:
                for language in Language:
                    typer.echo(sentence("api.no_dossier", code=code).say(language), err=True)
                raise typer.Exit(NEEDS_PERSON) from None
            opened += [{"code": code, "stage": run.stage, "subject": run.subject.name} for run in runs]
    write_json(json_file, opened)
    if json_file != "-":
        for run in opened:
            typer.echo(f"{run['code']}  {run['stage']}  {run['subject']}")
