"""`motcua ask` and `motcua answer`: the assistant in the terminal and over a file, without any server."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from services.assistant.behaviour import Behaviour, Reply
from services.assistant.dialogue import Assistant, build_assistant, reply_to
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop
from services.dossier.errors import CannotProceed, Refused
from services.wording import Language, sentence


@app.command("ask", epilog='Example: motcua ask "đăng ký khai sinh cần giấy tờ gì"')
def ask(
    question: Annotated[list[str], typer.Argument(help="What you want to know; several are the turns of one talk.")],
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
    server: Annotated[str, typer.Option(help="Ask this running server: what it hands over gets a ticket.")] = "",
) -> None:
    """Ask the assistant / Hỏi trợ lý: answers from the catalogue only, or says that it does not know."""
    try:
        told = (
            _ask_over(server, question) if server else [describe(one) for one in reply_to(question, build_assistant())]
        )
        _write_lines(json_file, [{"id": "1", "turns_answers": told}])
    except (Refused, CannotProceed) as error:
        stop(error)
    handed_over = told[-1]["behaviour"] == Behaviour.HANDOVER
    if json_file != "-":
        typer.echo("\n\n".join(str(one["text"]) for one in told))
    if handed_over and not server and json_file != "-":
        typer.echo(" / ".join(sentence("assistant.no_ticket_here").say(language) for language in Language))
    raise typer.Exit(NEEDS_PERSON if handed_over else 0)


def _ask_over(server: str, question: list[str]) -> list[dict[str, object]]:
    import httpx  # noqa: PLC0415 - the other commands start without it

    from services.stack.ask import ask_server  # noqa: PLC0415 - the same

    with httpx.Client(base_url=server) as client:
        kept = ("text", "codes", "behaviour", "citations", "ticket", "ticket_due_at")
        return [{name: reply[name] for name in kept} for reply in ask_server(client, question)]


@app.command("answer", epilog="Example: motcua answer questions.jsonl --json answers.jsonl")
def answer(
    file: Annotated[Path, typer.Argument(help="JSONL, one talk a line: {id, turns: what is said, in order}.")],
    json_file: Annotated[str, typer.Option("--json", help="Write JSONL to this file; - for standard output.")] = "-",
) -> None:
    """Answer a file of talks, one line each / Trả lời một tệp câu hỏi."""
    try:
        assistant = build_assistant()
        _write_lines(json_file, [answer_row(row, assistant) for row in read_rows(file)])
    except Refused as error:
        stop(error)


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSONL file as objects.

    Raises:
        Refused: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refused(sentence("assistant.unreadable_file", file=str(file))) from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_row(line, number)


def _read_row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        row = None
    if not isinstance(row, dict):
        raise Refused(sentence("assistant.bad_line", line=number))
    return row


def turns_of(row: dict[str, Any]) -> list[str]:
    """The turns of a talk; a single `question`, `query` or `q` is a talk of one turn.

    Raises:
        Refused: the line has none of these.
    """
    turns = row.get("turns")
    if isinstance(turns, list) and turns:
        return [str(turn.get("text", "")) if isinstance(turn, dict) else str(turn) for turn in turns]
    for name in ("question", "query", "q"):
        if isinstance(row.get(name), str):
            return [row[name]]
    raise Refused(sentence("assistant.no_turns", id=str(row.get("id", "?"))))


def answer_row(row: dict[str, Any], assistant: Assistant) -> dict[str, object]:
    """One line of `motcua answer`."""
    replies = reply_to(turns_of(row), assistant)
    return {"id": row.get("id"), "turns_answers": [describe(reply) for reply in replies]}


def describe(reply: Reply) -> dict[str, object]:
    """A reply in the shape of `motcua answer`."""
    return {
        "text": reply.text,
        "codes": list(reply.codes),
        "behaviour": reply.behaviour.value,
        "citations": [citation.tell() for citation in reply.citations],
    }


def _write_lines(target: str, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if target == "-":
        sys.stdout.write(text)
    elif target:
        try:
            Path(target).write_text(text, "utf-8")
        except OSError as error:
            raise Refused(sentence("general.unwritable", file=target, reason=error.strerror or "")) from None
