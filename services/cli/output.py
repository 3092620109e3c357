"""How commands end: JSON to a file or to standard output, and errors as sentences in both languages."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import typer

from services.dossier.errors import CannotProceed, Refused
from services.wording import Language, sentence

NEEDS_PERSON, WRONG_CALL = 1, 2


def write_json(target: str, value: object) -> None:
    """Write a value as JSON to a file, `-` for standard output; nothing for an empty name.

    Raises:
        Refused: the file cannot be written.
    """
    if not target:
        return
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    if target == "-":
        sys.stdout.write(text)
        return
    try:
        Path(target).write_text(text, "utf-8")
    except OSError as error:
        raise Refused(sentence("general.unwritable", file=target, reason=error.strerror or "")) from None


def stop(error: Refused | CannotProceed) -> NoReturn:
    """Say what is wrong and end: 2 for a wrong call, 1 where a person is needed."""
    for language in Language:
        typer.echo(error.sentence.say(language), err=True)
    raise typer.Exit(WRONG_CALL if isinstance(error, Refused) else NEEDS_PERSON)
