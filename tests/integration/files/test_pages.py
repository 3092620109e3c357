"""What a page looks like once it is open: upright, whole, its words where they stand."""

import hashlib
from io import BytesIO
from pathlib import Path
from zlib import compress

import pytest
from PIL import Image, ImageDraw

from services.dossier.document import MediaType
from services.files.limits import Limits
from services.files.marks import marks_of
from services.files.office import libreoffice
from services.files.opening import open_here
from services.files.source import open_pages
from services.intake.examine import examine_file
from tests.builders.bad_files import docx_of, page_with, pdf_of
from tests.builders.encrypted_pdf import encrypted_pdf

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def _text_pdf(extra: bytes = b"", text: bytes = b"BT /F1 24 Tf 100 700 Td (Xin chao) Tj ET") -> bytes:
    page, content = page_with(text, resources=_FONT)
    page = page.replace(b"/Parent", extra + b" /Parent")
    return pdf_of(_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content)


@pytest.mark.parametrize("extra", [b"", b"/Rotate 90", b"/Rotate 180", b"/Rotate 270", b"/CropBox [50 600 500 800]"])
def test_words_lie_on_their_ink(tmp_path: Path, extra: bytes) -> None:
    """However the page is turned or cropped, the box of a word holds the ink of that word and hardly more."""
    path = tmp_path / "a.pdf"
    path.write_bytes(_text_pdf(extra))
    with open_pages(path, MediaType.PDF, Limits()) as pages:
        image = pages.image(1).convert("L")
        words = pages.text_layer(1)
    assert words is not None
    assert [word.text for word in words] == ["Xin", "chao"]
    ink = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    around = words[0].box.united(words[1].box)
    drawn = (
        around.left * image.width,
        around.top * image.height,
        around.right * image.width,
        around.bottom * image.height,
    )
    assert drawn == pytest.approx(ink, abs=4)


def test_a_scan_in_a_pdf_keeps_its_own_resolution(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.effect_noise((2067, 2923), 50).save(path, resolution=250)
    with open_pages(path, MediaType.PDF, Limits()) as pages:
        assert pages.image(1).width == pytest.approx(2067, abs=2)
        assert pages.image(1, dpi=72).width == pytest.approx(595, abs=2)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_stands_upright_by_its_exif(tmp_path: Path, kind: str, turn: int) -> None:
    """The corner that the camera says is top left is red once the page is open."""
    upright = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(upright).rectangle((0, 0, 20, 12), fill="red")
    exif = Image.Exif()
    exif[274] = turn
    stored = upright.transpose(_UNDO[turn]) if turn in _UNDO else upright
    path = tmp_path / "a"
    stored.save(path, kind, exif=exif, **({"lossless": True} if kind == "WEBP" else {}))
    with open_pages(path, MediaType(f"image/{kind.lower()}"), Limits()) as pages:
        page = pages.image(1)
    assert page.size == (60, 40)
    red, green, _ = page.convert("RGB").getpixel((8, 5))  # type: ignore[misc] # RGB gives three
    assert (red > 200, green < 90) == (True, True)


_UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_mode_becomes_one_that_readers_take(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.tif"
    source = Image.linear_gradient("L")
    deep = source.convert("I").point(lambda value: value * 257)
    (deep.convert("I;16") if mode == "I;16" else source.convert(mode)).save(path, "TIFF" if mode != "LA" else "PNG")
    with open_pages(path, MediaType.TIFF if mode != "LA" else MediaType.PNG, Limits()) as pages:
        page = pages.image(1)
    assert page.mode in ("1", "L", "RGB")
    grey = page.convert("L")
    assert grey.getpixel((128, 2)) < 20  # type: ignore[operator] # L gives one number
    assert grey.getpixel((128, 253)) > 235  # type: ignore[operator] # L gives one number


def test_clear_parts_are_white_paper(tmp_path: Path) -> None:
    path = tmp_path / "seal.png"
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(path)
    with open_pages(path, MediaType.PNG, Limits()) as pages:
        assert pages.image(1).convert("L").getextrema() == (255, 255)


def test_a_word_file_loses_no_text(tmp_path: Path) -> None:
    """Paragraphs, tables and pasted scans, with LibreOffice or without."""
    scan = BytesIO()
    Image.effect_noise((800, 1100), 50).save(scan, "PNG")
    body = (
        "<w:p><w:r><w:t>Tờ khai đăng ký khai sinh</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Họ tên:"
        "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Nguyễn Văn An</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(body, ("word/media/image1.png", scan.getvalue())))
    with open_here(path, MediaType.DOCX, Limits()) as pages:
        assert pages.page_count == 2
        words = [word.text for word in pages.text_layer(1) or ()]
        assert pages.image(2).size == (800, 1100)
    assert " ".join(words) == "Tờ khai đăng ký khai sinh Họ tên: Nguyễn Văn An"


@pytest.mark.real
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not on this machine")
def test_libreoffice_lays_a_word_file_out_and_leaves_the_original_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of("<w:p><w:r><w:t>Nguyễn Văn An</w:t></w:r></w:p>"))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    examined = examine_file(path, "a.docx", Limits())
    with open_pages(path, examined.media_type, Limits()) as pages:
        assert [word.text for word in pages.text_layer(1) or ()] == ["Nguyễn", "Văn", "An"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.docx"]


def test_an_owner_password_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(encrypted_pdf(user=b"", owner=b"owner"))
    with open_pages(path, MediaType.PDF, Limits()) as pages:
        assert [word.text for word in pages.text_layer(1) or ()] == ["Xin", "chao"]


def test_marks_inside_packed_objects_are_seen(tmp_path: Path) -> None:
    packed = compress(b"5 0 << /S /Launch /F (x.exe) >>")
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(_CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>", stream % (len(packed), packed)))
    found = marks_of(path)
    assert (found.active, found.signed, found.cut_off) == (True, False, False)
