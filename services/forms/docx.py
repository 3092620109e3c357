"""The same sheet as DOCX, to be finished by hand: Times New Roman, the margins and sizes of Decree 30/2020."""

from io import BytesIO
from typing import Any

import segno
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from services.forms.sheet import Block, Grid, Listed, Paragraph, Sheet

FONT = "Times New Roman"
A4 = (Mm(210), Mm(297))
QR_SIDE = Mm(26)


def write_docx(sheet: Sheet) -> bytes:
    """The sheet as a DOCX file."""
    document = Document()
    _set_page(document, sheet)
    _head(document, sheet)
    if sheet.draft:
        _line(document.add_paragraph(), sheet.labels.draft, 13, bold=True)
    _line(document.add_paragraph(), sheet.title, 14, bold=True, align=ALIGN.CENTER, before=6)
    if sheet.subtitle:
        _line(document.add_paragraph(), sheet.subtitle, 13, align=ALIGN.CENTER)
    if sheet.qr:
        _picture(document, sheet.qr)
    for block in sheet.blocks:
        _block(document, block)
    _foot(document, sheet)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Any, sheet: Sheet) -> None:  # noqa: ANN401 - python-docx hides its classes
    section = document.sections[0]
    section.page_width, section.page_height = A4[::-1] if sheet.wide else A4
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.wide else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    # the number of the page stands in the top margin, from the second page on; the form's label on the first
    section.different_first_page_header_footer = True
    _line(section.first_page_header.paragraphs[0], sheet.labels.form, 10, align=ALIGN.RIGHT)
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number.add_run(), "PAGE")
    document.core_properties.title, document.core_properties.author = sheet.title, sheet.agency


def _field(run: Any, name: str) -> None:  # noqa: ANN401 - the same
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields of its own


def _head(document: Any, sheet: Sheet) -> None:  # noqa: ANN401 - the same
    left, right = document.add_table(1, 2).rows[0].cells
    _line(left.paragraphs[0], sheet.parent_agency.upper(), 12, align=ALIGN.CENTER)
    _ruled(_line(left.add_paragraph(), sheet.agency.upper(), 12, bold=True, align=ALIGN.CENTER))
    _line(left.add_paragraph(), sheet.number, 13, align=ALIGN.CENTER, before=4)
    _line(right.paragraphs[0], sheet.labels.nation, 12, bold=True, align=ALIGN.CENTER)
    _ruled(_line(right.add_paragraph(), sheet.labels.motto, 13, bold=True, align=ALIGN.CENTER))
    _line(right.add_paragraph(), sheet.place_and_date, 13, italic=True, align=ALIGN.CENTER, before=4)


def _ruled(paragraph: Any) -> None:  # noqa: ANN401 - the same
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(12)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "6", "space": "1", "color": "auto"}.items():
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx has no borders of its own


def _block(document: Any, block: Block) -> None:  # noqa: ANN401 - the same
    if isinstance(block, Grid):
        _grid(document, block)
    elif isinstance(block, Listed):
        for number, item in enumerate(block.items, start=1):
            line = _line(document.add_paragraph(), f"{number}. {item}", 13, align=ALIGN.JUSTIFY, after=3)
            line.paragraph_format.left_indent = Mm(10)
    else:
        _words(document, block)


def _words(document: Any, block: Paragraph) -> None:  # noqa: ANN401 - the same
    align = ALIGN.CENTER if block.centred else ALIGN.JUSTIFY
    line = _line(document.add_paragraph(), block.text, 13, bold=block.bold, italic=block.italic, align=align, after=6)
    if not block.centred:
        line.paragraph_format.first_line_indent = Mm(10)


def _grid(document: Any, grid: Grid) -> None:  # noqa: ANN401 - the same
    table = document.add_table(1, len(grid.head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, grid.head, strict=True):
        _line(cell.paragraphs[0], text, 10.5, bold=True, align=ALIGN.CENTER)
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _line(cell.paragraphs[0], text, 10.5)


def _foot(document: Any, sheet: Sheet) -> None:  # noqa: ANN401 - the same
    count = max(2, len(sheet.signatures))
    cells = list(document.add_table(1, count).rows[0].cells)
    if sheet.recipients:
        _line(cells[0].paragraphs[0], sheet.labels.recipients, 12, bold=True, italic=True)
        for text in sheet.recipients:
            _line(cells[0].add_paragraph(), text, 11)
    for cell, (role, name) in zip(cells[-len(sheet.signatures) :], sheet.signatures, strict=True):
        _line(cell.paragraphs[0], role, 13, bold=True, align=ALIGN.CENTER)
        _line(cell.add_paragraph(), name, 13, bold=True, align=ALIGN.CENTER, before=60)


def _picture(document: Any, text: str) -> None:  # noqa: ANN401 - the same
    drawn = BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="png", scale=8, border=4)
    drawn.seek(0)
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.add_run().add_picture(drawn, QR_SIDE)


def _line(
    paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, align: ALIGN = ALIGN.LEFT,  # noqa: ANN401 - the same
    before: float = 0, after: float = 0,
) -> Any:  # noqa: ANN401 - the same  # fmt: skip
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic, run.font.name = Pt(size), bold, italic, FONT
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph
