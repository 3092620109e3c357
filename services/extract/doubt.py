"""Pages whose figures a reader got wrong somewhere: days that no calendar has tell of a typeface that it misreads."""

import re

from services.dossier.page import TextSource
from services.extract.rows import Sheet

_DAY = re.compile(
    r"(?<![\d/.\-])(\d{1,2})\s*(?:tháng|[/.\-])\s*(\d{1,2})\s*(?:n[ăaâắẫ]m|[/.\-])\s*(\d{4})(?![\d/])", re.IGNORECASE
)
EARLIEST, LATEST = 1890, 2100  # years that papers in use today may name
MOST_DAYS, MOST_MONTHS = 31, 12

PageKey = tuple[int, int]


def misread_pages(sheet: Sheet) -> frozenset[PageKey]:
    """Pages (document, number) read from pictures that print a day which cannot be."""
    found = set()
    for row in sheet.rows:
        if row.page.source is TextSource.TEXT_LAYER:
            continue
        for day, month, year in _DAY.findall(row.text):
            if not (1 <= int(day) <= MOST_DAYS and 1 <= int(month) <= MOST_MONTHS and EARLIEST < int(year) < LATEST):
                found.add((row.page.document, row.page.number))
    return frozenset(found)
