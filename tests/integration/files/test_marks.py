"""Scripts and forms in a PDF are found where they are, and not in the bytes of a picture."""

from pathlib import Path

import pytest

from services.files.marks import marks_of


def written(folder: Path, body: bytes) -> Path:
    path = folder / "page.pdf"
    path.write_bytes(b"%PDF-1.7\n" + body + b"\n%%EOF\n")
    return path


@pytest.mark.parametrize(
    "body",
    [
        b"<</S/JavaScript/JS(app.alert(1))>>",
        b"<< /JS 12 0 R >>",
        b"<< /JS <6170702e> >>",
        b"<< /J#53 (app) >>",
        b"<< /S /Launch /F (x) >>",
    ],
)
def test_a_script_is_found_however_it_is_held(tmp_path: Path, body: bytes) -> None:
    assert marks_of(written(tmp_path, body)).active


@pytest.mark.parametrize("body", [b"<< /XFA 9 0 R >>", b"<< /XFA [(preamble) 3 0 R] >>"])
def test_a_form_that_a_program_fills_is_found(tmp_path: Path, body: bytes) -> None:
    assert marks_of(written(tmp_path, body)).dynamic_form


@pytest.mark.parametrize("chance", [b"\xabox\xff/JS\xc7\x8a\x8bW", b"\x01/XFA\xfe\x90"])
def test_letters_that_turn_up_by_chance_in_a_stream_are_no_script(tmp_path: Path, chance: bytes) -> None:
    marks = marks_of(written(tmp_path, b"<< /Length 9 >>\nstream\n" + chance + b"\nendstream"))
    assert not marks.active
    assert not marks.dynamic_form
