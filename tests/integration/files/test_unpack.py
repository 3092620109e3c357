"""A ZIP of papers is unpacked; one that lies, climbs out or explodes is refused and leaves nothing."""

import os
import zipfile
from pathlib import Path

import pytest

from services.dossier.errors import Refused
from services.files.limits import Limits
from services.intake.unpack import files_of, unpack_zip
from tests.builders.bad_files import docx_of, zip_of

_LINK = zipfile.ZipInfo("link.pdf")
_LINK.external_attr = 0o120777 << 16


def test_papers_come_out_flat_in_order_with_safe_names(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    members = (
        ("hồ sơ/đơn.pdf", b"1"), ("hồ sơ/phụ lục/đơn.pdf", b"2"), ("__MACOSX/._x", b"3"), ("Thumbs.db", b"4"),
        ("a.docx", docx_of("<w:p/>")),
    )  # fmt: skip
    archive.write_bytes(zip_of(*members))
    into = tmp_path / "out"
    into.mkdir()
    made = unpack_zip(archive, into, Limits())
    assert [path.name for path in made] == ["đơn.pdf", "đơn (2).pdf", "a.docx"]
    assert made[1].read_bytes() == b"2"


def test_names_in_utf8_that_do_not_say_so(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    packed = bytearray(zip_of(("giấy.pdf", b"1")))
    for mark, flag in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        packed[packed.find(mark) + flag] &= ~0x08
    archive.write_bytes(packed)
    assert unpack_zip(archive, tmp_path, Limits())[0].name == "giấy.pdf"


@pytest.mark.parametrize(
    "packed",
    [
        zip_of(("../../outside.pdf", b"1")),
        zip_of(("/etc/outside.pdf", b"1")),
        zip_of(("C:\\outside.pdf", b"1")),
        zip_of(("good.pdf", b"1"), ("bomb.bin", bytes(64 * 2**20))),
        zip_of(("good.pdf", b"1"), ("inner.zip", zip_of(("a.pdf", b"1")))),
        zip_of(*((f"{n}.pdf", b"1") for n in range(51))),
        zip_of(("good.pdf", b"1"))[:-30],
        zip_of(),
    ],
    ids=["climbs", "absolute", "drive", "bomb", "nested", "too many", "cut", "empty"],
)
def test_a_dangerous_zip_is_refused_and_leaves_nothing(tmp_path: Path, packed: bytes) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(packed)
    into = tmp_path / "out"
    into.mkdir()
    with pytest.raises(Refused):
        unpack_zip(archive, into, Limits())
    assert list(tmp_path.rglob("*.pdf")) == []
    assert list(into.iterdir()) == []


def test_a_member_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    packed = bytearray(zip_of(("a.pdf", os.urandom(5000))))
    at = packed.find(b"PK\x01\x02") + 24
    packed[at : at + 4] = (10).to_bytes(4, "little")
    archive.write_bytes(packed)
    with pytest.raises(Refused):
        unpack_zip(archive, tmp_path, Limits())


def test_a_link_and_a_password_are_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(_LINK, "/etc/passwd")
    with pytest.raises(Refused):
        unpack_zip(archive, tmp_path, Limits())
    packed = bytearray(zip_of(("a.pdf", b"1")))
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(packed)
    with pytest.raises(Refused):
        unpack_zip(archive, tmp_path, Limits())


def test_a_folder_gives_its_papers_and_no_litter(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/c.jpg", ".hidden", "a/Thumbs.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"1")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "b.pdf")
    assert [path.name for path in files_of(tmp_path)] == ["c.jpg", "b.pdf"]
    with pytest.raises(Refused):
        files_of(tmp_path, max_files=1)
