"""A sheet as PDF: A4, the margins, sizes and places of Decree 30/2020, annex I; Tinos (as wide as Times New Roman)."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape

import segno
from reportlab.lib.colors import black, grey
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.flowables import KeepTogether

from services.forms.sheet import Block, Grid, Listed, Sheet
from services.forms.sheet import Paragraph as Words

TOP = BOTTOM = 20 * mm
LEFT, RIGHT = 30 * mm, 15 * mm
FONT = "Tinos"
QR_SIDE = 26 * mm
NUMBER_SIZE = 13


def draw_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF file; the same sheet is always the same bytes."""
    register_fonts()
    out = BytesIO()
    size = landscape(A4) if sheet.wide else A4
    document = BaseDocTemplate(
        out, pagesize=size, topMargin=TOP, bottomMargin=BOTTOM, leftMargin=LEFT, rightMargin=RIGHT, title=sheet.title,
        author=sheet.agency, creator="Motcua", invariant=1,
    )  # fmt: skip
    frame = Frame(LEFT, BOTTOM, document.width, document.height, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: _dress(canvas, sheet, size)))
    document.build(_flow(sheet, document.width))
    return out.getvalue()


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to reportlab, once a process."""
    names = {"Regular": FONT, "Bold": f"{FONT}-b", "Italic": f"{FONT}-i", "BoldItalic": f"{FONT}-bi"}
    for style, name in names.items():
        data = files("services.forms").joinpath(f"fonts/Tinos-{style}.ttf").read_bytes()
        pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
    pdfmetrics.registerFontFamily(FONT, *names.values())


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Points around a paragraph."""

    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0


def _style(size: float, align: Literal[0, 1, 2, 4] = TA_CENTER, gaps: _Gaps = _Gaps()) -> ParagraphStyle:
    return ParagraphStyle(
        "", fontName=FONT, fontSize=size, leading=size * 1.22, alignment=align, spaceBefore=gaps.before,
        spaceAfter=gaps.after, firstLineIndent=gaps.first, leftIndent=gaps.left,
    )  # fmt: skip


def _dress(canvas: Canvas, sheet: Sheet, size: tuple[float, float]) -> None:
    """The page's number (not on the first), the form's label, and DỰ THẢO across a draft."""
    wide, high = size
    number = canvas.getPageNumber()
    canvas.saveState()
    canvas.setFont(FONT, 10)
    canvas.drawRightString(wide - RIGHT, high - 15 * mm, sheet.labels.form)
    if number > 1:
        canvas.setFont(FONT, NUMBER_SIZE)
        canvas.drawCentredString(wide / 2, high - 13 * mm, str(number))
    if sheet.draft:
        canvas.setFillColor(grey, alpha=0.18)
        canvas.setFont(f"{FONT}-b", 72)
        canvas.translate(wide / 2, high / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, 0, sheet.labels.draft)
    canvas.restoreState()


def _flow(sheet: Sheet, width: float) -> list[Flowable]:
    flow: list[Flowable] = [_head(sheet, width), Spacer(1, 5 * mm)]
    if sheet.draft:
        flow.append(Paragraph(f"<b>{escape(sheet.labels.draft)}</b>", _style(13, TA_LEFT)))
    flow.append(Paragraph(f"<b>{escape(sheet.title)}</b>", _style(14, gaps=_Gaps(6, 4))))
    if sheet.subtitle:
        flow.append(Paragraph(escape(sheet.subtitle), _style(13, gaps=_Gaps(after=4))))
    if sheet.qr:
        flow.append(_qr(sheet.qr))
    for block in sheet.blocks:
        flow += _block(block, width)
    if sheet.signatures:
        flow += [Spacer(1, 6 * mm), KeepTogether([_foot(sheet, width)])]
    return flow


def _head(sheet: Sheet, width: float) -> Table:
    left = [
        Paragraph(escape(sheet.parent_agency.upper()), _style(12)),
        Paragraph(f"<b>{escape(sheet.agency.upper())}</b>", _style(12)),
        _Rule(0.4),
        Paragraph(escape(sheet.number), _style(13, gaps=_Gaps(4))),
    ]
    right = [
        Paragraph(f"<b>{escape(sheet.labels.nation)}</b>", _style(12)),
        Paragraph(f"<b>{escape(sheet.labels.motto)}</b>", _style(13)),
        _Rule(0.62),
        Paragraph(f"<i>{escape(sheet.place_and_date)}</i>", _style(13, gaps=_Gaps(4))),
    ]
    table = Table([[left, right]], colWidths=[width * 0.44, width * 0.56])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()])
    return table


def _block(block: Block, width: float) -> list[Flowable]:
    if isinstance(block, Grid):
        return [_grid(block, width), Spacer(1, 3 * mm)]
    if isinstance(block, Listed):
        style = _style(13, TA_JUSTIFY, _Gaps(after=3, left=10 * mm))
        return [Paragraph(f"{number}. {escape(item)}", style) for number, item in enumerate(block.items, start=1)]
    return [Paragraph(_marked(block), _body(block))]


def _marked(words: Words) -> str:
    text = escape(words.text)
    text = f"<b>{text}</b>" if words.bold else text
    return f"<i>{text}</i>" if words.italic else text


def _body(words: Words) -> ParagraphStyle:
    if words.centred:
        return _style(13, TA_CENTER, _Gaps(3, 6))
    return _style(13, TA_JUSTIFY, _Gaps(after=6, first=10 * mm))


def _grid(grid: Grid, width: float) -> Table:
    total = sum(grid.widths)
    cell, head = _style(10.5, TA_LEFT), _style(10.5)
    rows = [[Paragraph(f"<b>{escape(text)}</b>", head) for text in grid.head]]
    rows += [[Paragraph(escape(text), cell) for text in row] for row in grid.rows]
    table = Table(rows, colWidths=[width * share / total for share in grid.widths], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)])  # fmt: skip
    return table


def _foot(sheet: Sheet, width: float) -> Table:
    recipients: list[Flowable] = []
    if sheet.recipients:
        recipients.append(Paragraph(f"<b><i>{escape(sheet.labels.recipients)}</i></b>", _style(12, TA_LEFT)))
        recipients += [Paragraph(escape(line), _style(11, TA_LEFT)) for line in sheet.recipients]
    columns: list[list[Flowable]] = [_signature(*one) for one in sheet.signatures]
    if len(columns) == 1:
        columns.insert(0, recipients)
    table = Table([columns], colWidths=[width / len(columns)] * len(columns))
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()])
    return table


def _signature(role: str, name: str) -> list[Flowable]:
    return [
        Paragraph(f"<b>{escape(role)}</b>", _style(13)),
        Spacer(1, 22 * mm),
        Paragraph(f"<b>{escape(name)}</b>", _style(13)),
    ]


def _qr(text: str) -> Image:
    drawn = BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="png", scale=8, border=4)
    drawn.seek(0)
    return Image(drawn, QR_SIDE, QR_SIDE)


def _no_padding() -> list[tuple[str, tuple[int, int], tuple[int, int], int]]:
    return [(side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")]


class _Rule(Flowable):
    """A thin line in the middle of its column, a share of it long."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def wrap(self, available_width: float, _: float) -> tuple[float, float]:
        """As wide as there is room; 3 points high."""
        self.width, self.height = available_width, 3
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        length = self.width * self._share
        self.canv.setLineWidth(0.6)
        self.canv.line((self.width - length) / 2, 1, (self.width + length) / 2, 1)
