"""`motcua submit`: hands in dossiers to a running server."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli import app
from services.cli.output import stop, write_json
from services.dossier.errors import CannotProceed, Refused
from services.settings import get_settings
from services.wording import Language, sentence


@app.command(epilog="Example: motcua submit samples/dossiers --server http://127.0.0.1:8000")
def submit(
    path: Annotated[
        Path,
        typer.Argument(
            help="a file, a ZIP, or a folder: each sub-folder or loose file is one dossier",
            exists=True,
        ),
    ],
    server: Annotated[str, typer.Option(help="address of the server")] = "http://127.0.0.1:8000",
    procedure: Annotated[str, typer.Option(help="procedure code; told from the papers when not given")] = "",
    token: Annotated[str, typer.Option(help="API token; MOTCUA_TOKEN or the data folder's when not given")] = "",
    json_file: Annotated[str, typer.Option("--json", help="write JSON to this file; - for standard output")] = "",
) -> None:
    """Hand in a file, a ZIP or a folder; prints the receipts."""
    import httpx  # noqa: PLC0415 - the other commands start without it

    from services.stack.submit import Bundle, dossiers_of, submit_bundle  # noqa: PLC0415 - the same
    from services.stack.token import bearer  # noqa: PLC0415 - the same

    receipts = []
    try:
        with httpx.Client(base_url=server, headers=bearer(get_settings(), token)) as client:
            for bundle in dossiers_of(path):
                asked = Bundle(bundle.source, bundle.files, procedure or None)
                receipts.append({"source": bundle.source} | submit_bundle(client, asked, get_settings()))
        write_json(json_file, receipts)
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        for receipt in receipts:
            _say(receipt)
        for language in Language:
            typer.echo(sentence("stack.follow", address=f"{server}/tra-cuu").say(language))


def _say(receipt: dict[str, Any]) -> None:
    named = {name: receipt[name] for name in ("source", "code", "receipt_key")}
    said = sentence("stack.receipt_undated", **named)
    if receipt["due_at"]:
        due = datetime.fromisoformat(receipt["due_at"]).strftime("%H:%M, %d/%m/%Y")
        said = sentence("stack.receipt", due=due, **named)
    typer.echo(" / ".join(said.say(language) for language in Language))
