"""`motcua model`: the versions of the trained model of kinds, and which one is in use."""

from collections.abc import Callable
from typing import Annotated

import typer

from services.classify.in_use import NAME
from services.cli import app
from services.cli.output import stop
from services.dossier.errors import CannotProceed, Refused, TryAgain
from services.stack.running import settings_here
from services.storage.models import ModelShelf
from services.storage.objects import open_store
from services.wording import sentence

models = typer.Typer(no_args_is_help=True, help="Versions of the trained model / Các phiên bản mô hình.")
app.add_typer(models, name="model")


def _shelf() -> ModelShelf:
    return ModelShelf(open_store(settings_here()), NAME)


@models.command("list", epilog="Example: motcua model list")
def list_versions() -> None:
    """Every version, with the one in use marked; 0 is the one that ships."""
    try:
        shelf = _shelf()
        used = shelf.in_use()
        for number in range(shelf.count() + 1):
            typer.echo(f"{'*' if number == used else ' '} {number}")
    except TryAgain as error:
        stop(CannotProceed(error.sentence))


@models.command("card", epilog="Example: motcua model card 2")
def show_card(number: Annotated[int, typer.Argument(help="The version, from 1.")]) -> None:
    """What was measured of a version."""
    try:
        shelf = _shelf()
        _check(shelf, number, 1)
        typer.echo(shelf.card(number))
    except Refused as error:
        stop(error)
    except TryAgain as error:
        stop(CannotProceed(error.sentence))


@models.command("use", epilog="Example: motcua model use 1")
def use_version(number: Annotated[int, typer.Argument(help="The version; 0 for the one that ships.")]) -> None:
    """Put a version in use: workers take it with their next dossier."""
    _use(lambda _shelf: number)


@models.command("roll-back", epilog="Example: motcua model roll-back")
def roll_back() -> None:
    """Put in use again what was in use before."""
    _use(ModelShelf.before)


def _use(choose: Callable[[ModelShelf], int]) -> None:
    try:
        shelf = _shelf()
        number = choose(shelf)
        _check(shelf, number, 0)
        shelf.use(number)
    except Refused as error:
        stop(error)
    except TryAgain as error:
        stop(CannotProceed(error.sentence))
    typer.echo(f"* {number}")


def _check(shelf: ModelShelf, number: int, least: int) -> None:
    count = shelf.count()
    if not least <= number <= count:
        raise Refused(sentence("models.no_version", number=number, count=count))
