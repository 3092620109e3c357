"""Values that no label names: filled by their form, never surely, never twice."""

from services.dossier.kinds import PaperKind
from services.extract.codes import with_fillers
from services.extract.find import find_fields
from services.extract.normal import read_text
from tests.builders.pages import page_from

CARD = """
                   GIẤY XÁC NHẬN KHUYẾT TẬT
Công dân Nông Thị Hoa, Nữ, sinh 02/01/1996
Định danh 020196001234
Ở thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn
"""

BOTH = """
                 TỜ KHAI ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI
Người cần trợ giúp: Nông Thị Hoa
Định danh 020196001234
Khai hộ: Lý Văn Bằng, định danh 020093004321
"""


def test_values_are_known_by_their_form() -> None:
    found = {field.name: field for field in find_fields(PaperKind.DISABILITY_CERTIFICATE, [page_from(CARD)])}
    assert found["full_name"].value == "Nông Thị Hoa"
    assert found["date_of_birth"].value == "1996-01-02"
    assert found["citizen_id"].value == "020196001234"
    assert found["address"].value == "thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn"
    assert found["address"].confidence < 0.9


def test_a_value_that_one_person_has_goes_to_no_other() -> None:
    found = {f.name: f.value for f in find_fields(PaperKind.SOCIAL_ASSISTANCE_DECLARATION, [page_from(BOTH)])}
    assert found["citizen_id"] == "020196001234"
    assert found.get("applicant_citizen_id") in {None, "020093004321"}


def test_fillers_of_a_zone_of_names() -> None:
    assert with_fillers("LUC<<XUAN<AN<<CCCCCCCCCCXCCCCC") == "LUC<<XUAN<AN" + "<" * 18
    assert with_fillers("HOANG<<KIM<CUC<<<<<<<<<<<<<<<<") == "HOANG<<KIM<CUC" + "<" * 16


def test_the_rest_of_a_broken_english_label_is_no_value() -> None:
    assert read_text("Residence: Thôn Nà Dài, xã Vạn Linh") == "Thôn Nà Dài, xã Vạn Linh"
    assert read_text("Place of origin: Xã Tân Lập") == "Xã Tân Lập"
