"""The board's table as a file: CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read it right) and XLSX."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from services import clock
from services.storage.on_time import GroupBy, Verdict
from services.wording import Language, sentence

Table = Sequence[Sequence[str | int | float | None]]
"""Rows of cells; the first row heads them."""

# a cell that begins like a formula would be run by a spreadsheet
RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDE = 32


class Export(StrEnum):
    """The formats, by their file endings."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Export.CSV: "text/csv; charset=utf-8",
    Export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_of(figures: Mapping[str, Any], by: GroupBy, language: Language) -> Table:
    """The figures (`GET /v1/on-time`) as a table: a row a group, the total last, then moment and formula."""

    def say(name: str, **params: str) -> str:
        return sentence(f"portal.{name}", **params).say(language)

    head = [say(f"by_{by}"), say("on_time_rate"), say("received"), *(say(f"verdict_{verdict}") for verdict in Verdict)]
    at = clock.in_vietnam(datetime.fromisoformat(figures["at"]))
    return [
        head,
        *(_row(group, str(group["group"]) or say("group_none")) for group in figures["groups"]),
        _row(figures["total"], say("total")),
        [say("board_at", moment=f"{at:%H:%M, %d/%m/%Y}")],
        [say("rate_formula")],
    ]


def _row(figures: Mapping[str, Any], name: str) -> list[str | int | float | None]:
    return [name, figures["on_time_rate"], figures["received"], *(figures[verdict] for verdict in Verdict)]


def csv_of(table: Table) -> bytes:
    """The table as CSV."""
    written = StringIO()
    csv.writer(written).writerows([[_harmless(cell) for cell in row] for row in table])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(table: Table) -> bytes:
    """The table as a workbook of one sheet; text stays text."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold, rate = (
            book.add_worksheet(),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "0.0%"}),
        )
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, WIDE)
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, bold if number == 0 else rate if column == 1 else None)
    return made.getvalue()


def _harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
