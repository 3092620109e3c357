"""A table of figures as PDF: A4 across, the fonts of the forms, its head again on every page, pages numbered."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from services.forms.pdf import FONT, register_fonts

MARGIN = 15 * mm
LINE, HEAD, STRIPE = HexColor("#b9b2a8"), HexColor("#efece6"), HexColor("#faf9f7")
SMALL_FROM = 9
"""From so many columns on letters are smaller."""
NARROWEST, WIDEST = 6, 34
"""Letters that a column is at least and at most as wide as."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is on paper: cells are written already; `numbers` are the columns that stand to the right.

    `notes` follow the table: the moment it is true of, its formula.
    """

    agency: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    numbers: frozenset[int] = frozenset()
    bold_last: bool = False


def draw_report(report: Report) -> bytes:
    """The report as a PDF file; the same report is always the same bytes."""
    register_fonts()
    out = BytesIO()
    page = landscape(A4)
    document = SimpleDocTemplate(
        out, pagesize=page, topMargin=MARGIN, bottomMargin=MARGIN, leftMargin=MARGIN, rightMargin=MARGIN,
        title=report.title, author=report.agency, creator="Motcua", invariant=1,
    )  # fmt: skip
    flow: list[Flowable] = [
        Paragraph(escape(report.agency), _style(11)),
        Paragraph(f"<b>{escape(report.title)}</b>", _style(16, TA_CENTER, after=8)),
        _table(report, page[0] - 2 * MARGIN),
        Spacer(1, 3 * mm),
        *(Paragraph(f"<i>{escape(note)}</i>", _style(10.5, after=2)) for note in report.notes),
    ]
    document.build(flow, onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


def _style(size: float, align: int = TA_LEFT, after: float = 0) -> ParagraphStyle:
    style = ParagraphStyle("", fontName=FONT, fontSize=size, leading=size * 1.25, spaceAfter=after)
    style.alignment = align  # type: ignore[assignment] # one of reportlab's own constants
    return style


def _number(canvas: Canvas, _: object) -> None:
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(landscape(A4)[0] / 2, 8 * mm, str(canvas.getPageNumber()))


def _table(report: Report, width: float) -> Table:
    size = 9.0 if len(report.head) >= SMALL_FROM else 11.0
    left, right = _style(size), _style(size, TA_RIGHT)
    last = len(report.rows) - 1

    def cell(text: str, column: int, *, bold: bool) -> Paragraph:
        shown = f"<b>{escape(text)}</b>" if bold else escape(text)
        return Paragraph(shown, right if column in report.numbers else left)

    rows = [[cell(text, column, bold=True) for column, text in enumerate(report.head)]]
    rows += [
        [cell(text, column, bold=report.bold_last and at == last) for column, text in enumerate(row)]
        for at, row in enumerate(report.rows)
    ]
    shares = _shares(report)
    table = Table(rows, colWidths=[width * share / sum(shares) for share in shares], repeatRows=1)
    table.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.4, LINE), ("BACKGROUND", (0, 0), (-1, 0), HEAD),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, STRIPE]), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ])  # fmt: skip
    return table


def _shares(report: Report) -> list[int]:
    """How wide columns are: as their longest text, within reason; a word of the head is never broken."""
    widths = []
    for column, head in enumerate(report.head):
        longest = max((len(row[column]) for row in report.rows if column < len(row)), default=0)
        word = max(map(len, head.split()), default=0)
        widths.append(min(max(longest, word + 1, len(head) // 2, NARROWEST), WIDEST))
    return widths
