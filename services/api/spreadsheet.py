"""A table as a file: CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read it right), XLSX, and PDF for paper."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, StringIO

import xlsxwriter
from fastapi import Response

from services.forms.report import Report, draw_report
from services.wording import Language, sentence
from services.wording.numbers import write_number, write_share

Table = Sequence[Sequence[str | int | float | None]]
"""Rows of cells; the first row heads them; rows of one cell below the others are notes."""

# a cell that begins like a formula would be run by a spreadsheet
RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDE = 32


class Export(StrEnum):
    """The formats, by their file endings."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES = {
    Export.CSV: "text/csv; charset=utf-8",
    Export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a PDF says beside the table; `total`: the last row sums the others up."""

    title: str
    language: Language = Language.VI
    total: bool = True


def file_answer(table: Table, kind: Export, name: str, paper: Paper, rates: Collection[int] = ()) -> Response:
    """The table as a file of that name (without its ending); columns `rates` are shares, 0–1."""
    if kind is Export.PDF:
        body = draw_report(report_of(table, paper, rates))
    else:
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


def report_of(table: Table, paper: Paper, rates: Collection[int] = ()) -> Report:
    """The table as it stands on paper: numbers as the language writes them, shares as percentages."""
    head, *rest = table
    rows = [row for row in rest if len(row) == len(head)]
    numbers = frozenset(at for row in rows for at, cell in enumerate(row) if isinstance(cell, int | float))
    return Report(
        sentence("general.province").say(paper.language), paper.title, [str(cell or "") for cell in head],
        [[_written(cell, paper.language, at in rates) for at, cell in enumerate(row)] for row in rows],
        [str(row[0]) for row in rest if len(row) != len(head) and row], numbers | frozenset(rates), paper.total,
    )  # fmt: skip


def _written(cell: str | float | None, language: Language, is_share: bool) -> str:
    if is_share and not isinstance(cell, str):
        return write_share(cell, language)
    return cell if isinstance(cell, str) else "–" if cell is None else write_number(cell, language)


def _harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
