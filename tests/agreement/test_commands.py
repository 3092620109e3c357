"""Every command of `motcua` works with its help and is told of in the documentation."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
import typer

from services.cli import COMMANDS, app, needed_modules
from tests.agreement.test_deploy import OURS
from tests.agreement.tree import read

for name in COMMANDS:
    import_module(f"services.cli.{name}")
GROUP = typer.main.get_group(app)


@pytest.mark.parametrize("name", sorted(GROUP.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"| `motcua {name}` |" in read("README.md"), "give it a row in the table of commands"


def test_the_readme_names_no_command_that_is_not_there() -> None:
    told = set(re.findall(r"\| `motcua ([a-z-]+)` \|", read("README.md")))
    assert told <= set(GROUP.commands), "take its row out of the table of commands"


def test_a_called_command_loads_its_own_module_alone() -> None:
    assert needed_modules(["pre-check", "a.pdf"]) == ("pre_check",)
    assert needed_modules(["--help"]) == needed_modules([]) == needed_modules(["no-such"]) == COMMANDS


def leaves() -> Iterator[tuple[str, str]]:
    """Each command that does something, in words, with its help."""
    for name, command in GROUP.commands.items():
        children = getattr(command, "commands", {})
        yield from ((f"{name} {inner}", f"{leaf.help} {leaf.epilog}") for inner, leaf in children.items())
        if not children:
            yield name, f"{command.help} {command.epilog}"


@pytest.mark.parametrize(("name", "help_text"), sorted(leaves()), ids=lambda value: value.split("\n")[0][:24])
def test_every_command_shows_an_example(name: str, help_text: str) -> None:
    assert f"motcua {name}" in help_text, "its docstring or epilog shows an example"


CALLS = {name: service["command"] for name, service in OURS.items() if "command" in service}


@pytest.mark.parametrize("service", [name for name, call in CALLS.items() if call[0] in GROUP.commands])
def test_what_the_containers_call_is_a_right_call(service: str) -> None:
    name, *arguments = CALLS[service]
    GROUP.commands[name].make_context(name, list(arguments))
