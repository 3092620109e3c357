"""Searchable PDFs, read back with PDFium: every word where it was laid, the page's own pictures untouched."""

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.dossier.document import MediaType
from services.dossier.page import Box
from services.files import unseen_font
from services.files.archive import find_breaches, make_archive
from services.files.limits import Limits
from services.files.pdf import open_pdf
from services.files.searchable import make_searchable
from tests.builders.unseen_font import TARGET, font_bytes

WORDS = {
    1: [
        ("Cộng", Box(0.30, 0.05, 0.36, 0.065)),
        ("hòa", Box(0.37, 0.05, 0.41, 0.065)),
        ("Độc-lập", Box(0.1, 0.5, 0.25, 0.53)),
        ("020190001234", Box(0.6, 0.9, 0.8, 0.912)),
    ]
}


def scan(size: tuple[int, int] = (600, 900)) -> Image.Image:
    picture = Image.new("RGB", size, (240, 240, 235))
    picture.paste((200, 20, 20), (50, 60, 300, 120))
    return picture


def pdf_of(tmp_path: Path, rotation: int = 0) -> Path:
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(400, 600))
    canvas.drawImage(ImageReader(scan()), 0, 0, 400, 600)
    canvas.save()
    with pikepdf.open(tmp_path / "scan.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(rotation, relative=False)
        pdf.save(tmp_path / "scan.pdf")
    return tmp_path / "scan.pdf"


def image_bytes(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        images = pdf.pages[0].resources.XObject.values()
        return [hashlib.sha256(image.read_raw_bytes()).hexdigest() for image in images]


def assert_words_stand(path: Path, tolerance: float = 0.006) -> None:
    with open_pdf(path, Limits()) as pages:
        found = pages.text_layer(1) or ()
    assert [word.text for word in found] == [text for text, _ in WORDS[1]]
    assert all(word.hidden for word in found)
    for word, (_, box) in zip(found, WORDS[1], strict=True):
        assert word.box.left == pytest.approx(box.left, abs=tolerance)
        assert word.box.right == pytest.approx(box.right, abs=tolerance)
        assert word.box.top >= box.top - tolerance
        assert word.box.bottom <= box.bottom + tolerance


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_stand_where_they_were_read_however_the_page_is_turned(tmp_path: Path, rotation: int) -> None:
    path, target = pdf_of(tmp_path, rotation), tmp_path / "out.pdf"
    make_searchable(path, MediaType.PDF, Limits(), WORDS, target)
    assert_words_stand(target)
    assert image_bytes(target) == image_bytes(path)
    with open_pdf(path, Limits()) as before, open_pdf(target, Limits()) as after:
        assert before.image(1, 60).tobytes() == after.image(1, 60).tobytes()


@pytest.mark.parametrize("turn", [1, 6, 3, 8])
def test_a_photograph_is_put_in_as_it_is(tmp_path: Path, turn: int) -> None:
    path, target = tmp_path / "a.jpg", tmp_path / "out.pdf"
    exif = Image.Exif()
    exif[274] = turn
    scan().save(path, "JPEG", exif=exif)
    make_searchable(path, MediaType.JPEG, Limits(), WORDS, target)
    assert_words_stand(target)
    assert image_bytes(target) == [hashlib.sha256(path.read_bytes()).hexdigest()]


def test_other_images_lose_nothing(tmp_path: Path) -> None:
    path, target = tmp_path / "a.tiff", tmp_path / "out.pdf"
    scan().save(path, save_all=True, append_images=[Image.new("1", (80, 50), 1)])
    make_searchable(path, MediaType.TIFF, Limits(), WORDS, target)
    assert_words_stand(target)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.pages[0].resources.XObject.Im0.read_bytes() == scan().tobytes()


def test_an_archive_keeps_rules_words_and_the_scan(tmp_path: Path) -> None:
    path, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
    make_searchable(_jpeg(tmp_path), MediaType.JPEG, Limits(), {}, path)
    make_archive(path, MediaType.PDF, Limits(), WORDS, target)
    assert find_breaches(target) == ()
    assert_words_stand(target)
    assert image_bytes(target) == image_bytes(path)


def test_an_archive_of_a_page_that_is_no_scan_is_a_picture_of_it(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.drawString(50, 500, "Helvetica is not embedded")
    canvas.save()
    assert any("font" in breach for breach in find_breaches(tmp_path / "a.pdf"))
    make_archive(tmp_path / "a.pdf", MediaType.PDF, Limits(), WORDS, tmp_path / "out.pdf")
    assert find_breaches(tmp_path / "out.pdf") == ()
    assert_words_stand(tmp_path / "out.pdf")
    with open_pdf(tmp_path / "out.pdf", Limits()) as pages:
        assert pages.size(1) == (400, 600)


def test_the_font_is_the_one_that_is_drawn() -> None:
    assert TARGET.read_bytes() == font_bytes()
    assert unseen_font.code_of("ộ😀1") == "1ED90031"


def _jpeg(tmp_path: Path) -> Path:
    held = io.BytesIO()
    scan().save(held, "JPEG")
    (tmp_path / "in.jpg").write_bytes(held.getvalue())
    return tmp_path / "in.jpg"
