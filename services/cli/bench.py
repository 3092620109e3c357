"""`motcua bench`: runs one of `benchmarks/`, or lists them."""

import ast
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

import services
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.dossier.errors import CannotProceed, Refused
from services.wording import sentence

TREE = Path(services.__file__).parents[1]


@app.command(
    epilog="Example: motcua bench handover --json handover.json",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="the benchmark; without it they are listed")] = "",
    json_file: Annotated[str, typer.Option("--json", help="write JSON to this file; - for standard output")] = "",
) -> None:
    """Run one measurement; what follows NAME is given to it. Ends with 1 when a goal was missed."""
    try:
        found = find_benchmarks(TREE)
        if not name:
            _list(found)
            return
        measured = _load(name, found).run(context.args)
        write_json(json_file, measured.to_json())
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        _print(measured)
    for missed in measured.missed:
        typer.echo(missed, err=True)
    if measured.missed:
        raise typer.Exit(NEEDS_PERSON)


def find_benchmarks(tree: Path) -> dict[str, str]:
    """Each benchmark's name and the first sentence of what it says of itself: the modules with a function `run`.

    Raises:
        CannotProceed: the product was installed without them.
    """
    found = {}
    for path in sorted((tree / "benchmarks").glob("*.py")):
        module = ast.parse(path.read_text("utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in module.body):
            found[path.stem] = (ast.get_docstring(module) or "").partition(": `")[0].partition("\n")[0]
    if not found:
        raise CannotProceed(sentence("stack.no_benchmarks"))
    return found


def _load(name: str, found: dict[str, str]) -> Any:  # noqa: ANN401 - a module outside the package has no type here
    if name not in found:
        raise Refused(sentence("stack.no_such_benchmark", name=name, names=", ".join(found)))
    # the tree is no installed package: it is found beside `services`, and so are the builders of its tests
    sys.path.insert(0, str(TREE))
    try:
        return import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as error:
        raise CannotProceed(sentence("stack.benchmark_lacks", name=name, package=error.name or "")) from error


def _list(found: dict[str, str]) -> None:
    for name, says in found.items():
        typer.echo(f"{name:12} {says}")


def _print(measured: Any) -> None:  # noqa: ANN401 - the same
    for name, value in measured.figures.items():
        share = measured.ratios.get(name)
        typer.echo(f"{name:44} {value!s:>12}" + (f"   ratio {share}" if share is not None else ""))
    for name in measured.ratios.keys() - measured.figures.keys():
        typer.echo(f"{name:44} {'':>12}   ratio {measured.ratios[name]}")
