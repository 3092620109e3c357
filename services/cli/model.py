"""`motcua model`: versions of a trained model (kinds, clues of procedures, labeller of fields), and which is in use."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from services.classify.in_use import CLUES_NAME as CLUES
from services.classify.in_use import NAME as KINDS
from services.cli import app
from services.cli.output import stop
from services.dossier.errors import CannotProceed, Refused, TryAgain
from services.extract.in_use import NAME as LABELS
from services.stack.running import settings_here
from services.storage.models import ModelShelf
from services.storage.objects import open_store
from services.wording import sentence

models = typer.Typer(no_args_is_help=True, help="Versions of the trained model / Các phiên bản mô hình.")
app.add_typer(models, name="model")


class Which(StrEnum):
    """The models that are trained from examples."""

    KINDS = KINDS
    CLUES = CLUES
    LABELS = LABELS


Of = Annotated[
    Which,
    typer.Option("--of", help="Kinds of paper, clues of procedures, or labels of fields."),
]


def _shelf(of: Which) -> ModelShelf:
    return ModelShelf(open_store(settings_here()), of.value)


@models.command("list", epilog="Example: motcua model list")
def list_versions(of: Of = Which.KINDS) -> None:
    """Every version, with the one in use marked; 0 is the one that ships."""
    try:
        shelf = _shelf(of)
        used = shelf.in_use()
        for number in range(shelf.count() + 1):
            typer.echo(f"{'*' if number == used else ' '} {number}")
    except TryAgain as error:
        stop(CannotProceed(error.sentence))


@models.command("card", epilog="Example: motcua model card 2")
def show_card(number: Annotated[int, typer.Argument(help="The version, from 1.")], of: Of = Which.KINDS) -> None:
    """What was measured of a version."""
    try:
        shelf = _shelf(of)
        _check(shelf, number, 1)
        typer.echo(shelf.card(number))
    except Refused as error:
        stop(error)
    except TryAgain as error:
        stop(CannotProceed(error.sentence))


@models.command("use", epilog="Example: motcua model use 1")
def use_version(
    number: Annotated[int, typer.Argument(help="The version; 0 for the one that ships.")], of: Of = Which.KINDS
) -> None:
    """Put a version in use: workers take it with their next dossier."""
    _use(of, lambda _shelf: number)


@models.command("roll-back", epilog="Example: motcua model roll-back")
def roll_back(of: Of = Which.KINDS) -> None:
    """Put in use again what was in use before."""
    _use(of, ModelShelf.before)


def _use(of: Which, choose: Callable[[ModelShelf], int]) -> None:
    try:
        shelf = _shelf(of)
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
