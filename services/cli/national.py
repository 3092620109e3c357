"""`motcua national`: tells the national portal of dossiers, or writes what would be told."""

import json
from pathlib import Path
from time import sleep
from typing import Annotated

import typer

from services import clock, logs
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop
from services.dossier.errors import CannotProceed, Refused
from services.stack.running import settings_here
from services.wording import sentence

national = typer.Typer(no_args_is_help=True, help="The national public-service portal.")
app.add_typer(national, name="national")

TIMEOUT_S = 30.0
BETWEEN_S = 10.0


@national.command()
def push(once: Annotated[bool, typer.Option("--once", help="one round, then stop")] = False) -> None:
    """Tell the portal at MOTCUA_NATIONAL_URL of every dossier it does not know. Example: motcua national push --once"""
    import httpx  # noqa: PLC0415 - the other commands start without it

    from services.national.push import push_waiting  # noqa: PLC0415 - the same
    from services.storage.database import connect  # noqa: PLC0415 - the same

    settings = settings_here()
    logs.configure(settings.log_level)
    if not settings.national_url:
        typer.echo(sentence("national.no_address").say(), err=True)
        raise typer.Exit(2)
    headers = {"Authorization": f"Bearer {settings.national_token.get_secret_value()}"}
    with httpx.Client(timeout=TIMEOUT_S, headers=headers) as client, connect(settings.database_url) as connection:
        while True:
            done = push_waiting(connection, client, settings.national_url, clock.now())
            typer.echo(sentence("national.round", told=done.told, refused=done.refused, unheard=done.unheard).say())
            if once:
                raise typer.Exit(1 if done.refused or done.unheard else 0)
            sleep(BETWEEN_S)


@national.command()
def export(path: Annotated[Path, typer.Argument(help="file of JSON lines to write")]) -> None:
    """Write what would be told, one dossier a line, and mark nothing. Example: motcua national export told.jsonl"""
    from services.national.push import BATCH, payload_of  # noqa: PLC0415 - the other commands start without them
    from services.storage.database import connect  # noqa: PLC0415 - the same
    from services.storage.synchronising import untold_dossiers  # noqa: PLC0415 - the same

    with connect(settings_here().database_url) as connection, path.open("w", encoding="utf-8") as written:
        for waiting in untold_dossiers(connection, BATCH * 500):
            if made := payload_of(connection, waiting, clock.now()):
                written.write(json.dumps(made[1].model_dump(by_alias=True), ensure_ascii=False) + "\n")


@national.command()
def take(
    source: Annotated[str, typer.Argument(help="a file (JSON array, or one dossier a line), or an address")],
) -> None:
    """Take in dossiers in the portal's form, each code once; ends with 1 where one was refused.

    Example: motcua national take sent.jsonl
    """
    import tempfile  # noqa: PLC0415 - the other commands start without them

    from services.national.intake import read_sent, take_in  # noqa: PLC0415 - the same
    from services.national.source import read_source  # noqa: PLC0415 - the same
    from services.storage.database import connect  # noqa: PLC0415 - the same
    from services.storage.objects import open_store  # noqa: PLC0415 - the same

    settings = settings_here()
    refused = 0
    try:
        rows = read_source(source, settings.national_token.get_secret_value())
    except (Refused, CannotProceed) as error:
        stop(error)
    with connect(settings.database_url) as connection:
        for number, row in enumerate(rows, start=1):
            try:
                with tempfile.TemporaryDirectory(prefix="motcua-national-") as folder:
                    done = take_in(
                        connection, open_store(settings), settings, read_sent(row), now=clock.now(), folder=Path(folder)
                    )
            except Refused as error:
                refused += 1
                typer.echo(sentence("national.row_refused", number=number, why=error.sentence.say()).say(), err=True)
            else:
                said = "national.known" if done.known else "national.taken_in"
                typer.echo(sentence(said, code=done.answer["MaHoSo"]).say())
    raise typer.Exit(NEEDS_PERSON if refused else 0)
