"""Misread words are mended only where a list or the language proves the right one."""

import pytest

from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.extract.find import find_fields
from services.extract.repair import mend
from tests.builders.pages import page_from


@pytest.mark.parametrize(
    ("name", "seen", "meant"),
    [
        ("address", "Thôn Nà Sa, xã Tuấn Sơu, tỉah Lạa4 Sơn", "Thôn Nà Sa, xã Tuấn Sơn, tỉnh Lạng Sơn"),
        ("hometown", "Xã Thiện Thuột, huyện Bình Gig, †ỉnh Lạng Sơn", "Xã Thiện Thuật, huyện Bình Gia, tỉnh Lạng Sơn"),
        ("addressee", "Ủy ban nhận đân xã Tuấn Sơn", "Ủy ban nhân dân xã Tuấn Sơn"),
        ("citizen_id_issue_place", "bệ Công an", "Bộ Công an"),
        ("father_nationality", "Việ† Nam", "Việt Nam"),
        ("address", "thôn Khơ Đa, xã Chi Lăng, tỉnh Lạng Sơn", "thôn Khơ Đa, xã Chi Lăng, tỉnh Lạng Sơn"),
        ("address", "Thôn Nà Sa, xà Tuấn Sơn. tỉnh Lạng Sơn", "Thôn Nà Sa, xã Tuấn Sơn, tỉnh Lạng Sơn"),
        ("hometown", "Xẻ Thiện Thuật, huyện Bình Gia", "Xã Thiện Thuật, huyện Bình Gia"),
        ("full_name", "Hoàng Văn Thẳng", "Hoàng Văn Thẳng"),
        ("full_name", "Trấn Hữu Chiến", "Trần Hữu Chiến"),
        ("mother_name", "ĐỊNH HỒNG NẾT", "ĐINH HỒNG NẾT"),
        ("full_name", "Tăng Tuấn Thuận", "Tăng Tuấn Thuận"),  # `Tằng` is a family name too
        ("full_name", "Lý Định", "Lý Định"),
        ("document_number", "15/QĐ-UBND", "15/QĐ-UBND"),
    ],
)
def test_a_misread_value_is_mended(name: str, seen: str, meant: str) -> None:
    assert mend(name, seen) == meant


def test_the_raw_value_stays_and_a_text_layer_is_not_touched() -> None:
    text = (
        "TỜ KHAI ĐĂNG KÝ KHAI TỬ\nThông tin người chết\nNơi cư trú cuối cùng: thôn Bản Chu, xã Tuấn Sơu, tỉnh Lạng Sơn"
    )
    for source, value in ((TextSource.OCR, "xã Tuấn Sơn"), (TextSource.TEXT_LAYER, "xã Tuấn Sơu")):
        page = page_from(text, source=source)
        field = next(f for f in find_fields(PaperKind.DEATH_REGISTRATION_DECLARATION, [page]) if f.name == "address")
        assert value in field.value
        assert "Tuấn Sơu" in field.raw
