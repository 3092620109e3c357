"""`motcua serve`: the whole product on one machine, under one command."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from services import logs
from services.cli import app
from services.dossier.errors import MotcuaError
from services.settings import get_settings
from services.wording import Language, sentence


@app.command()
def serve(
    data: Annotated[Path | None, typer.Option(help="data folder; MOTCUA_DATA_FOLDER when not given")] = None,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8000,
    open_access: Annotated[bool, typer.Option("--open", help="no sign-in: for development on 127.0.0.1 only")] = False,
    readers: Annotated[int | None, typer.Option(min=1, help="pages read at once; one a core when not given")] = None,
) -> None:
    """Start PostgreSQL, Valkey, workers, relay and API; Ctrl-C stops all. Example: motcua serve --data ./data"""
    from services.stack.supervisor import Plan, Stack  # noqa: PLC0415 - the other commands start without the servers

    logs.configure("WARNING")
    settings = get_settings()
    folder = data or settings.data_folder
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with Stack(Plan(folder, host, port, readers, open_access), settings) as stack:
            _say("stack.running", url=stack.url, folder=str(folder))
            _say("stack.open" if stack.settings.access == "open" else "stack.token", folder=str(folder))
            stack.watch(stopped.is_set)
    except MotcuaError as error:
        typer.echo(error.sentence.say(), err=True)
        typer.echo(error.sentence.say(Language.EN), err=True)
        raise typer.Exit(1) from None
    _say("stack.stopped", folder=str(folder))


def _say(id_: str, **params: str) -> None:
    typer.echo(sentence(id_, **params).say(Language.VI))
    typer.echo(sentence(id_, **params).say(Language.EN))
