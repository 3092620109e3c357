"""`motcua catalogue list|show|import`: what the desks offer."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from services.catalogue.imported import Imported
from services.catalogue.national import pack_rows
from services.catalogue.national_build import build_rows
from services.catalogue.plan import ImportPlan, plan_import
from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.catalogue.source import read_procedures, read_rows
from services.catalogue.versions import in_force
from services.cli import app
from services.cli.output import NEEDS_PERSON, stop, write_json
from services.clock import in_vietnam, now
from services.dossier.errors import CannotProceed, Refused
from services.stack.running import settings_here
from services.storage.database import connect
from services.storage.procedures import latest_procedures, store_procedures
from services.wording import Language, sentence
from services.wording.numbers import write_number

catalogue_app = typer.Typer(
    no_args_is_help=True,
    help="Procedures on offer / Danh mục thủ tục.",
    epilog="Example: motcua catalogue list",
)
app.add_typer(catalogue_app, name="catalogue")

JsonFile = Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")]


@catalogue_app.command("list", epilog="Example: motcua catalogue list --field 'Hộ tịch'")
def list_procedures(
    *,
    field: Annotated[str, typer.Option(help="Only procedures whose field contains these words.")] = "",
    json_file: JsonFile = "",
) -> None:
    """The procedures that ship with the product / Các thủ tục có sẵn."""
    chosen = [procedure for procedure in load_shipped() if field.casefold() in procedure.field.casefold()]
    try:
        write_json(json_file, [_summarise(procedure) for procedure in chosen])
    except Refused as error:
        stop(error)
    if json_file != "-":
        for procedure in chosen:
            typer.echo(f"{procedure.code}  {_say_time(procedure):24}  {procedure.name_vi}")


@catalogue_app.command("show", epilog="Example: motcua catalogue show 1.001193")
def show_procedure(code: str, *, json_file: JsonFile = "") -> None:
    """All about one procedure: papers, times, fees, steps / Toàn bộ một thủ tục."""
    try:
        procedure = in_force(load_shipped(), code, in_vietnam(now()).date())
        write_json(json_file, json.loads(json.dumps(asdict(procedure), default=str)))
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        for line in _describe(procedure):
            typer.echo(line)


@catalogue_app.command("import", epilog="Example: motcua catalogue import procedures.jsonl.gz --check")
def import_files(
    paths: Annotated[list[Path] | None, typer.Argument(help="JSON or JSONL, .gz allowed; none: what ships.")] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Read and report only; nothing is stored.")] = False,
    renew: Annotated[bool, typer.Option("--renew", help="Known codes get a new version from today on.")] = False,
    json_file: JsonFile = "",
) -> None:
    """Read procedures from files and store them / Nhập danh mục thủ tục."""
    try:
        found = [read_source(path) for path in paths or ()] or [Imported(load_shipped(), ())]
        imported = Imported(
            tuple(procedure for one in found for procedure in one.procedures),
            tuple(note for one in found for note in one.notes),
        )
        plan = _plan_only(imported, renew) if check else _store(imported, renew)
        write_json(json_file, _report(imported, plan))
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        _print_report(imported, plan)
    if not imported.procedures:
        raise typer.Exit(NEEDS_PERSON)


@catalogue_app.command("pack", epilog="Example: motcua catalogue pack crawl.jsonl.gz --out national.json.gz")
def pack_national(
    crawl: Annotated[Path, typer.Argument(help="Crawl of the portal, JSON or JSONL, .gz allowed.")],
    *,
    out: Annotated[Path, typer.Option(help="The fact pack to write.")],
    collected: Annotated[Path | None, typer.Option(help="Hand-collected procedures that the portal lacks.")] = None,
    day: Annotated[str, typer.Option(help="Day of the crawl, YYYY-MM-DD.")] = "2026-07-20",
) -> None:
    """Make the fact pack of all procedures anew / Dựng gói dữ kiện thủ tục quốc gia."""
    rows = build_rows(
        read_rows(crawl.read_bytes()), read_rows(collected.read_bytes()) if collected else (), "dichvucong.gov.vn", day
    )
    out.write_bytes(pack_rows(rows))
    typer.echo(f"{out}: {len(rows)} procedures, {out.stat().st_size} bytes")


def read_source(path: Path) -> Imported:
    """The procedures of one file.

    Raises:
        Refused: the file is missing, is no JSON or JSONL, or its items are of no known kind.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise Refused(sentence("catalogue.not_procedures", file=path.name)) from None
    return read_procedures(raw, path.name)


def _plan_only(imported: Imported, renew: bool) -> ImportPlan:
    return plan_import(load_shipped(), imported.procedures, _today(), renew=renew)


def _store(imported: Imported, renew: bool) -> ImportPlan:
    try:
        with connect(settings_here().database_url) as connection:
            plan = plan_import(latest_procedures(connection), imported.procedures, _today(), renew=renew)
            store_procedures(connection, plan.store)
    except psycopg.Error as error:
        raise CannotProceed(sentence("catalogue.no_database", reason=str(error).splitlines()[0])) from None
    return plan


def _today() -> date:
    return in_vietnam(now()).date()


def _report(imported: Imported, plan: ImportPlan) -> dict[str, object]:
    return {
        "read": len(imported.procedures),
        "with_time": sum(bool(procedure.times) for procedure in imported.procedures),
        "added": len(plan.added),
        "renewed": len(plan.renewed),
        "kept": len(plan.kept),
        "notes": [
            {
                "code": note.code,
                "rule": note.sentence.id,
                "text_vi": note.sentence.say(),
                "text_en": note.sentence.say(Language.EN),
            }
            for note in imported.notes
        ],
    }


def _print_report(imported: Imported, plan: ImportPlan) -> None:
    for note in imported.notes:
        typer.echo(f"{note.code:10} {note.sentence.say()}")
    counts = {"read": len(imported.procedures), "added": len(plan.added), "renewed": len(plan.renewed)}
    for language in Language:
        said = sentence("catalogue.imported", **counts, kept=len(plan.kept), notes=len(imported.notes))
        typer.echo(said.say(language))


def _summarise(procedure: Procedure) -> dict[str, object]:
    return {
        "code": procedure.code,
        "version": procedure.version,
        "name_vi": procedure.name_vi,
        "name_en": procedure.name_en,
        "field": procedure.field,
        "level": procedure.level.value,
        "times": [asdict(time.lead) | {"case": time.case} for time in procedure.times],
    }


def _say_time(procedure: Procedure) -> str:
    if not procedure.times:
        return "?"
    lead = procedure.times[0].lead
    return sentence(f"catalogue.time_{lead.unit}", amount=lead.amount).say()


def _describe(procedure: Procedure) -> Iterator[str]:
    yield f"{procedure.code}  {procedure.name_vi}"
    yield f"  {procedure.field} · {procedure.handler} · {procedure.where}"
    for time in procedure.times:
        said = sentence(f"catalogue.time_{time.lead.unit}", amount=time.lead.amount).say()
        yield f"  ⏱ {said}" + (f" – {time.case}" if time.case else "")
    for paper in procedure.papers:
        detail = ", ".join(part for part in (paper.template, paper.when and f"[{paper.when}]", paper.note) if part)
        yield f"  • {paper.name}" + (f" ({detail})" if detail else "")
    for fee in procedure.fees:
        amount = "?" if fee.amount_vnd is None else f"{write_number(fee.amount_vnd)} đ"
        yield f"  ₫ {amount} {fee.note}".rstrip()
    for text in (procedure.steps, procedure.conditions, procedure.result, procedure.legal_basis, *procedure.notes):
        if text:
            yield f"  {text}"
