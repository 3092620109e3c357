"""Names torn inside a syllable are put together, and never believed as if they had been whole."""

import pytest

from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.extract.find import find_fields
from services.extract.repair import mend
from services.extract.torn import JOINED, TORN, is_torn
from tests.builders.pages import page_from


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Đàm Qu Ốc Hiếu", "Đàm Quốc Hiếu"),
        ("Ng Uyễn Thị Mai", "Nguyễn Thị Mai"),
        ("Hoàng Th Ị Ph Ương", "Hoàng Thị Phương"),
        ("Lý Văn Hiế U", "Lý Văn Hiếu"),
        ("Nông Thị H Anh", "Nông Thị H Anh"),
        ("Hoàng Gia An", "Hoàng Gia An"),
        ("Vi Ý Nhi", "Vi Ý Nhi"),
        ("Ksor H Bia", "Ksor H Bia"),
        ("John Smith", "John Smith"),
    ],
)
def test_pieces_are_joined_where_only_together_they_are_a_syllable(seen: str, meant: str) -> None:
    assert mend("applicant_name", seen) == meant


def test_initials_and_other_languages_are_not_torn() -> None:
    assert is_torn("Đàm Th Xyn")
    assert not is_torn("Nông Thị H Anh")
    assert not is_torn("John Smith")


def applicant(name: str, source: TextSource = TextSource.OCR) -> Field:
    text = f"TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ, chữ đệm, tên người yêu cầu: {name}\nNơi cư trú: xã Tuấn Sơn, tỉnh Lạng Sơn"
    found = find_fields(PaperKind.BIRTH_REGISTRATION_DECLARATION, [page_from(text, source=source)])
    return next(field for field in found if field.name == "applicant_name")


def test_a_name_that_was_torn_is_believed_less() -> None:
    torn, whole = applicant("Đàm Qu Ốc Hiếu"), applicant("Đàm Quốc Hiếu")
    assert (torn.value, whole.value) == ("Đàm Quốc Hiếu", "Đàm Quốc Hiếu")
    assert torn.confidence <= JOINED < whole.confidence
    assert applicant("Đàm Th Xyn Hiếu").confidence <= TORN
