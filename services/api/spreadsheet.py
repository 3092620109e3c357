"""A table as a file: CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read it right) and XLSX."""

import csv
from collections.abc import Collection, Sequence
from enum import StrEnum
from io import BytesIO, StringIO

import xlsxwriter
from fastapi import Response

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


def file_answer(table: Table, kind: Export, name: str, rates: Collection[int] = ()) -> Response:
    """The table as a file of that name (without its ending); columns `rates` are shares, 0–1."""
    body = csv_of(table) if kind is Export.CSV else xlsx_of(table, rates)
    return Response(
        body, media_type=MEDIA_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def csv_of(table: Table) -> bytes:
    """The table as CSV."""
    written = StringIO()
    csv.writer(written).writerows([[_harmless(cell) for cell in row] for row in table])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(table: Table, rates: Collection[int] = ()) -> bytes:
    """The table as a workbook of one sheet; text stays text, columns `rates` are shown as percentages."""
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
                sheet.write(number, column, cell, bold if number == 0 else rate if column in rates else None)
    return made.getvalue()


def _harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
