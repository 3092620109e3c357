"""`motcua audit …`: is the audit log whole, and taking it along."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from services.cli import app
from services.cli.here import open_database
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.clock import now
from services.dossier.errors import Refused
from services.storage.audit import Deed, Doer, holds_head, note_deed, verify_audit, walk_audit
from services.wording import Language, Sentence, sentence

audit_app = typer.Typer(
    no_args_is_help=True, help="The audit log / Nhật ký truy cập.", epilog="Example: motcua audit verify"
)
app.add_typer(audit_app, name="audit")


@audit_app.command("verify", epilog="Example: motcua audit verify --head 1042:9f86d081884c7d65")
def verify(
    *,
    head: Annotated[str, typer.Option(help="ID:HASH told before: it must still be there.")] = "",
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Compute every hash anew; ends with 1 where a row was changed, removed or added / Kiểm tra nhật ký còn nguyên."""
    with open_database() as connection:
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
                for entry in walk_audit(connection):
                    facts = {name: getattr(entry, name) for name in entry.__slots__ if name != "sha256"}
                    out.write(orjson.dumps(facts | {"sha256": entry.sha256.hex()}) + b"\n")
        except OSError as error:
            stop(Refused(sentence("general.unwritable", file=str(file), reason=error.strerror or "")))


def _say(said: Sentence) -> None:
    for language in Language:
        typer.echo(said.say(language))
