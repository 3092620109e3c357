"""Real files of each format come in and give their pages; what is none of them is refused."""

from pathlib import Path

import pytest
from PIL import Image

from services.dossier.document import MediaType
from services.dossier.errors import Refused
from services.files.limits import Limits
from services.files.source import open_pages
from services.intake.examine import examine_file
from services.intake.names import safe_name


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("pdf", MediaType.PDF), ("jpg", MediaType.JPEG), ("png", MediaType.PNG), ("webp", MediaType.WEBP),
        ("tiff", MediaType.TIFF),
    ],
)  # fmt: skip
def test_format_by_content(tmp_path: Path, suffix: str, media_type: MediaType) -> None:
    """The type is what the bytes are, whatever the name says."""
    path = tmp_path / "named-otherwise"
    Image.new("RGB", (300, 200), "white").save(tmp_path / f"x.{suffix}")
    (tmp_path / f"x.{suffix}").rename(path)
    examined = examine_file(path, f"giấy.{suffix}", Limits())
    assert (examined.media_type, examined.page_count) == (media_type, 1)
    with open_pages(path, examined.media_type, Limits()) as source:
        width, height = source.image(1).size
    assert width / height == pytest.approx(1.5, abs=0.02)


def test_tiff_of_many_pages(tmp_path: Path) -> None:
    """Every page of a TIFF is a page."""
    pages = [Image.new("L", (100, 100), shade) for shade in (0, 128, 255)]
    pages[0].save(tmp_path / "x.tiff", save_all=True, append_images=pages[1:])
    assert examine_file(tmp_path / "x.tiff", "x.tiff", Limits()).page_count == 3


@pytest.mark.parametrize("content", [b"", b"<html>no</html>", b"MZ\x90\x00" + bytes(100), b"plain words"])
def test_refused(tmp_path: Path, content: bytes) -> None:
    """What no reader can use is refused with a sentence."""
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(Refused):
        examine_file(path, "x.pdf", Limits())


def test_names_are_made_safe() -> None:
    """A path is no name, and control signs are not shown."""
    assert safe_name("../../etc/passwd") == "passwd"
    assert "\x1b" not in safe_name("a\x1b[31m.pdf")
