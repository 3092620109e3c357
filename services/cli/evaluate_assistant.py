"""`motcua evaluate-assistant`: the assistant's figures on a file of labelled talks."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from services.assistant.dialogue import Assistant, build_assistant, reply_to
from services.assistant.measure import Item, measure, read_item
from services.cli import app
from services.cli.ask import read_rows, turns_of
from services.cli.output import stop, write_json
from services.dossier.errors import Refused

SLOW_SHARE = 0.95
_SHARES = ("procedure_top1", "procedure_hit3", "answer_accuracy", "coverage", "selective_accuracy")


@app.command("evaluate-assistant", epilog="Example: motcua evaluate-assistant questions.jsonl --json figures.json")
def evaluate_assistant(
    file: Annotated[Path, typer.Argument(help="JSONL: {id, turns, behaviour, gold_codes, style, aspect, key_facts}.")],
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """How often the assistant is right, silent or wrong / Đo độ đúng của trợ lý. docs/evaluation.md has the format."""
    try:
        figures = evaluate(file, build_assistant())
        write_json(json_file, figures)
    except Refused as error:
        stop(error)
    if json_file != "-":
        _print(figures)


def evaluate(file: Path, assistant: Assistant) -> dict[str, Any]:
    """The figures of a file, with the 95th percentile of the time of one talk (milliseconds).

    Raises:
        Refused: the file is not such a file.
    """
    items: list[Item] = []
    times: list[float] = []
    rows = list(read_rows(file))
    if rows:
        reply_to(turns_of(rows[0]), assistant)
    for row in rows:
        started = time.perf_counter()
        replies = reply_to(turns_of(row), assistant)
        times.append((time.perf_counter() - started) * 1000 / len(replies))
        items.append(read_item(row, replies[-1]))
    slow = sorted(times)[int(len(times) * SLOW_SHARE)] if times else 0.0
    return {**measure(items), "turn_p95_ms": round(slow, 1)}


def _print(figures: Mapping[str, Any]) -> None:
    for name in _SHARES:
        typer.echo(_say(name, figures[name]))
    typer.echo(f"turn_p95_ms: {figures['turn_p95_ms']}")
    for due, share in figures["recall"].items():
        typer.echo(_say(f"recall of {due}", share) + f"  {figures['confusion'][due]}")
    for group in ("by_style", "by_aspect"):
        for name, values in figures[group].items():
            shares = ", ".join(f"{key} {_percent(values[key])}" for key in _SHARES)
            typer.echo(f"{group} {name}: {shares} (n = {values['procedure_top1']['of']})")


def _say(name: str, share: Mapping[str, Any]) -> str:
    low, high = share["interval"]
    return f"{name}: {_percent(share)} ({low:.1%} to {high:.1%}, {share['hits']} of {share['of']})"


def _percent(share: Mapping[str, Any]) -> str:
    return "none" if share["value"] is None else f"{share['value']:.1%}"
