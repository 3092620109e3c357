"""Text layers of real PDFs: legacy fonts, words nobody sees, pictures of text beside text."""

from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from services.dossier.document import MediaType
from services.dossier.page import Page, TextSource
from services.files.limits import Limits
from services.files.source import open_pages
from services.ocr.engine import make_engine
from services.ocr.read import read_pages
from tests.integration.ocr.printed import LINES, find_font, print_page

TYPED = (
    "C¨n cø LuËt C\xad tró ngµy 13 th¸ng 11 n¨m 2020;",
    "Theo ®Ò nghÞ cña Tr\xadëng phßng T\xad ph¸p t¹i Tê tr×nh sè 12.",
)
READ = ["Căn cứ Luật Cư trú ngày 13 tháng 11 năm 2020;", "Theo đề nghị của Trưởng phòng Tư pháp tại Tờ trình số 12."]
PRINTED = ("Họ và tên: Nguyễn Văn Toàn", "Số định danh cá nhân: 020090001234")


def read_first(path: Path) -> Page:
    with open_pages(path, MediaType.PDF, Limits()) as source:
        return next(read_pages(source, [1], make_engine("trueocr")))


def set_text(canvas: Canvas, lines: tuple[str, ...], font: str, *, hidden: bool = False) -> None:
    text = canvas.beginText(72, 760)
    text.setFont(font, 12)
    text.setTextRenderMode(3 if hidden else 0)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)


def vietnamese_font() -> str:
    pdfmetrics.registerFont(TTFont("Vietnamese", str(find_font())))
    return "Vietnamese"


def test_a_legacy_font_comes_back_in_unicode(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    set_text(canvas, TYPED, "Helvetica")
    canvas.save()
    page = read_first(tmp_path / "a.pdf")
    assert (page.source, page.preparation) == (TextSource.TEXT_LAYER, ("converted",))
    assert page.text.split("\n") == READ


def test_words_laid_unseen_over_a_scan_are_not_believed(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    scan = print_page()
    canvas.drawImage(ImageReader(scan.picture), 0, 0, 595, 842)
    set_text(canvas, ("Điều này không có trên trang giấy, chỉ có trong lớp chữ ẩn của tệp mà thôi.",) * 3,
             vietnamese_font(), hidden=True)  # fmt: skip
    canvas.save()
    page = read_first(tmp_path / "a.pdf")
    assert page.source is TextSource.OCR
    assert page.text.startswith(LINES[0])
    assert "lớp chữ ẩn" not in page.text


def test_a_picture_of_text_beside_text_is_read_too(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    set_text(canvas, LINES[2:5], vietnamese_font())
    pasted = print_page(PRINTED).picture.crop((0, 100, 1654, 400))
    canvas.drawImage(ImageReader(pasted), 0, 500, 595, 595 * 300 / 1654)
    canvas.save()
    page = read_first(tmp_path / "a.pdf")
    assert page.engine == "text_layer+trueocr"
    assert page.text.split("\n\n")[0].split("\n") == [*LINES[2:5], *PRINTED]
