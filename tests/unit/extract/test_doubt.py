"""A page that prints days no calendar has: its figures are not taken without a person."""

from dataclasses import replace

from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.extract.doubt import misread_pages
from services.extract.find import find_fields
from services.extract.normal import read_number
from services.extract.rows import lay_out
from tests.builders.pages import page_from

PAPER = """
             GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH
Tên tôi là: PHÙNG THANH ĐẠI           Giới tính: Nam
Ngày sinh: 13/11/1986
Số định danh cá nhân: 020086401373
Ngày cấp: 14/85/2025
"""


def test_a_day_that_cannot_be_tells_of_misread_figures() -> None:
    seen = replace(page_from(PAPER), source=TextSource.OCR)
    assert misread_pages(lay_out([seen])) == {(seen.document, seen.number)}
    found = {field.name: field.confidence for field in find_fields(PaperKind.HOUSEHOLD_BUSINESS_APPLICATION, [seen])}
    assert found["citizen_id"] <= 0.6
    assert found["date_of_birth"] <= 0.6
    right = replace(page_from(PAPER.replace("14/85/2025", "14/05/2025")), source=TextSource.OCR)
    assert not misread_pages(lay_out([right]))
    sure = {field.name: field.confidence for field in find_fields(PaperKind.HOUSEHOLD_BUSINESS_APPLICATION, [right])}
    assert sure["citizen_id"] > 0.9


def test_the_square_of_metres_is_no_area() -> None:
    assert read_number("(m2): 544,3") == "544.3"
    assert read_number("m 2 120") == "120"
    assert read_number("2 m²") == "2"
