"""The procedures that come with the product, from the `ships` folder beside this file.

Each TOML file is one field of administration: `[defaults]` hold for all of its procedures, `[papers.NAME]` and
`[fees.NAME]` are lines that procedures refer to by name.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from services.catalogue.procedure import (
    CopyKind,
    Fee,
    Level,
    Procedure,
    RequiredPaper,
    SupplementRule,
    TimeCase,
)
from services.catalogue.rules import parse_rule
from services.deadline.phrase import parse_lead
from services.dossier.kinds import PaperKind

SOURCE = "Cổng Dịch vụ công quốc gia và các văn bản được viện dẫn"
SOURCE_DATE = date(2026, 7, 20)

Row = Mapping[str, Any]


@cache
def load_shipped() -> tuple[Procedure, ...]:
    """Every procedure that ships, by code.

    Raises:
        Refused: a lead time or a condition in the files cannot be read (held by a test).
    """
    found: list[Procedure] = []
    for entry in files("services.catalogue").joinpath("ships").iterdir():
        if entry.name.endswith(".toml"):
            found += read_field(tomllib.loads(entry.read_text("utf-8")))
    return tuple(sorted(found, key=lambda procedure: procedure.code))


def read_field(book: Row) -> list[Procedure]:
    """The procedures of one parsed file.

    Raises:
        Refused: a lead time or a condition cannot be read.
        KeyError: a procedure lacks a required value, or refers to a line that is not there.
    """
    defaults: Row = book.get("defaults", {})
    return [_read_procedure({**defaults, **row}, book, _notes_of(defaults, row)) for row in book["procedure"]]


def _notes_of(defaults: Row, row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*row.get("notes", ()), *defaults.get("notes", ())]))


def _read_procedure(row: Row, book: Row, notes: tuple[str, ...]) -> Procedure:
    texts = ("handler", "where", "audience", "result", "steps", "conditions", "legal_basis", "decision")
    return Procedure(
        code=row["code"],
        version=row.get("version", 1),
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        field=row["field"],
        level=Level(row["level"]),
        times=tuple(TimeCase(parse_lead(time["lead"]), time.get("case", "")) for time in row["times"]),
        papers=tuple(_read_paper(_look_up(line, book, "papers")) for line in row["papers"]),
        fees=tuple(_read_fee(_look_up(line, book, "fees")) for line in row["fees"]),
        result_codes=tuple(row.get("result_codes", ())),
        synonyms=tuple(row["synonyms"]),
        effective_from=row.get("effective_from", date(2025, 7, 1)),
        effective_to=row.get("effective_to"),
        supplement=SupplementRule(**row.get("supplement", {})),
        notes=notes,
        source=SOURCE,
        source_date=SOURCE_DATE,
        **{name: row.get(name, "") for name in texts},
    )


def _look_up(line: str | Row, book: Row, table: str) -> Row:
    if isinstance(line, str):
        found: Row = book[table][line]
        return found
    return line


def _read_paper(row: Row) -> RequiredPaper:
    when = row.get("when")
    if when is not None:
        parse_rule(when)
    return RequiredPaper(
        name=row["name"],
        kinds=tuple(PaperKind(kind) for kind in row.get("kinds", ())),
        copy=CopyKind(row["copy"]) if "copy" in row else None,
        when=when,
        presented=row.get("presented", False),
        template=row.get("template", ""),
        note=row.get("note", ""),
    )


def _read_fee(row: Row) -> Fee:
    return Fee(row.get("amount_vnd"), row.get("note", ""))
