"""`motcua audit …`: is the audit log whole, and taking it along."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from services.cli import app
from services.cli.here import open_database
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.clock import VIETNAM, now
from services.dossier.errors import Refused
from services.storage.audit import Deed, Doer, holds_head, note_deed, verify_audit, walk_audit
from services.storage.audit_retention import as_line, holds_file, retire_audit
from services.storage.database import Connection
from services.wording import Language, Sentence, sentence

audit_app = typer.Typer(
    no_args_is_help=True, help="The audit log / Nhật ký truy cập.", epilog="Example: motcua audit verify"
)
app.add_typer(audit_app, name="audit")


@audit_app.command("verify", epilog="Example: motcua audit verify --head 1042:9f86d081884c7d65")
def verify(
    *,
    head: Annotated[str, typer.Option(help="ID:HASH told before: it must still be there.")] = "",
    file: Annotated[Path | None, typer.Option(help="a file that `retire` wrote: is it as it was")] = None,
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Compute every hash anew; ends with 1 where a row was changed, removed or added / Kiểm tra nhật ký còn nguyên."""
    with open_database() as connection:
        if file is not None:
            _verify_file(connection, file)
            return
        found = verify_audit(connection)
        kept = not head or holds_head(connection, head)
    whole = found.broken is None and kept
    write_json(
        json_file,
        {"whole": whole, "entries": found.entries, "broken": found.broken, "head": f"{found.entries}:{found.head}"},
    )
    if json_file != "-":
        if found.broken is not None:
            _say(sentence("access.audit_broken", id=found.broken))
        elif not kept:
            _say(sentence("access.audit_cut", head=head))
        else:
            _say(sentence("access.audit_whole", entries=found.entries, head=f"{found.entries}:{found.head}"))
    if not whole:
        raise typer.Exit(NEEDS_PERSON)


@audit_app.command("export", epilog="Example: motcua audit export nhat-ky.jsonl")
def export(file: Annotated[Path, typer.Argument(help="file to write, one JSON a line")]) -> None:
    """Every row as a line of JSON; that it was taken is a row too / Xuất nhật ký."""
    with open_database() as connection:
        note_deed(connection, Doer("motcua audit"), Deed("audit_exported", str(file.name)), now())
        try:
            with file.open("wb") as out:
                rows = 0
                for entry in walk_audit(connection):
                    out.write(as_line(entry))
                    rows += 1
        except OSError as error:
            stop(Refused(sentence("general.unwritable", file=str(file), reason=error.strerror or "")))
    _say(sentence("access.audit_exported", rows=rows, file=str(file)))


@audit_app.command("retire", epilog="Example: motcua audit retire nhat-ky-2025.jsonl --before 2025-11-01")
def retire(
    file: Annotated[Path, typer.Argument(help="new file, one JSON a line")],
    *,
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="day in Viet Nam; a year ago at the latest")],
) -> None:
    """Take old rows into a file and out of the database; the chain goes on / Chuyển nhật ký cũ ra tệp."""
    with open_database() as connection:
        try:
            moment = before.replace(tzinfo=VIETNAM)
            done = retire_audit(connection, moment, file, Doer("motcua audit"), now())
        except Refused as error:
            stop(error)
        except OSError as error:
            stop(Refused(sentence("general.unwritable", file=str(file), reason=error.strerror or "")))
    _say(sentence("access.audit_retired", rows=done.rows, file=file.name, head=done.head))


def _verify_file(connection: Connection, file: Path) -> None:
    try:
        whole = holds_file(connection, file)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    _say(sentence("access.audit_file_whole" if whole else "access.audit_file_broken", file=file.name))
    if not whole:
        raise typer.Exit(NEEDS_PERSON)


def _say(said: Sentence) -> None:
    for language in Language:
        typer.echo(said.say(language))
