"""`motcua …`: every command of the product, one module a command.

A command prints for people by default and machine-readable with `--json FILE` (`-` for standard output); it ends with 0
on success, 1 where something needs a person, 2 on a wrong call.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

app = typer.Typer(
    no_args_is_help=True, help="Motcua: hồ sơ một cửa / one-stop-shop dossiers.", pretty_exceptions_enable=False
)


COMMANDS: tuple[str, ...] = (
    "account",
    "api",
    "audit",
    "ask",
    "assistant",
    "bench",
    "calendar",
    "catalogue",
    "demo",
    "doctor",
    "due",
    "evaluate",
    "evaluate_assistant",
    "extract",
    "language",
    "migrate",
    "model",
    "national",
    "notify",
    "pre_check",
    "relay",
    "replay",
    "serve",
    "submit",
    "train",
    "worker",
)


@app.callback()
def _name_commands() -> None:
    """Keep a command's name in the call even while it is the only one."""


def main() -> None:
    """Entry point of the console script."""
    for name in needed_modules(sys.argv[1:]):
        import_module(f"services.cli.{name}")
    app()


def needed_modules(arguments: Sequence[str]) -> tuple[str, ...]:
    """The command that is called, alone: each brings its own libraries. All of them for help and for a wrong name."""
    called = arguments[0].replace("-", "_") if arguments else ""
    return (called,) if called in COMMANDS else COMMANDS
