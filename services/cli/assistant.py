"""`motcua assistant learn`: the route model that ships with the product, made anew from its example files."""

from pathlib import Path
from typing import Annotated

import typer

from services.assistant.lessons import draw_lessons
from services.assistant.linear import pack_linear, train
from services.catalogue.national import load_national
from services.cli import app

assistant = typer.Typer(no_args_is_help=True, help="What the assistant learns from.")
app.add_typer(assistant, name="assistant")


@assistant.callback()
def _name_commands() -> None:
    """What the assistant learns from."""


@assistant.command("learn")
def learn(
    out: Annotated[Path, typer.Option(help="The packed file to write.")],
    seed: Annotated[int, typer.Option(help="Another seed draws other examples.")] = 11,
) -> None:
    """Draw the lessons, learn, pack: the same examples and catalogue always give the same file.

    Example: motcua assistant learn --out services/assistant/route.bin
    """
    national = load_national()
    names = [found.procedure.name_vi for code in national.codes if (found := national.find(code))]
    rows = draw_lessons(names, seed)
    out.write_bytes(pack_linear(train(rows)))
    typer.echo(f"{out}: {len(rows)} lessons, {out.stat().st_size} bytes")
