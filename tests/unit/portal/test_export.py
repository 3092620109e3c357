"""The board as a file: every number of it, and nothing a spreadsheet would run."""

import csv
import zipfile
from io import BytesIO, StringIO

from services.api.spreadsheet import csv_of, xlsx_of
from services.portal.export import table_of
from services.storage.on_time import GroupBy, Verdict
from services.wording import Language

COUNTS = {str(verdict): number for number, verdict in enumerate(Verdict)}
FIGURES = {
    "at": "2026-11-24T10:00:00+07:00",
    "total": {"received": 21, "on_time_rate": 0.5, **COUNTS},
    "groups": [{"group": "=1+1", "received": 21, "on_time_rate": None, **COUNTS}],
}


def test_csv_holds_every_figure_and_no_formula() -> None:
    body = csv_of(table_of(FIGURES, GroupBy.FIELD, Language.VI))
    rows = list(csv.reader(StringIO(body.decode("utf-8-sig"))))
    assert rows[0][0] == "Lĩnh vực"
    assert rows[1] == ["'=1+1", "", "21", *map(str, range(7))]
    assert rows[2][:3] == ["Tổng", "0.5", "21"]
    assert "10:00, 24/11/2026" in rows[3][0]


def test_a_workbook_keeps_text_as_text() -> None:
    with zipfile.ZipFile(BytesIO(xlsx_of(table_of(FIGURES, GroupBy.UNIT, Language.EN)))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in texts
    assert "<v>21</v>" in sheet
