"""Words in running text that announce a value: believed where a sentence's part begins and the value has its form."""

from services.dossier.kinds import PaperKind
from services.extract.find import find_fields
from tests.builders.pages import page_from

MARRIED = """
                   TRÍCH LỤC KẾT HÔN
Người vợ LÝ MINH HOA, sinh 27/08/1999
dân tộc Tày, quốc tịch Việt Nam, trú thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn
Người chồng MA TRUNG BẰNG, sinh 02/09/1982
dân tộc Nùng, quốc tịch Việt Nam, trú thôn Nà Sa, xã Tân Văn, tỉnh Lạng Sơn
"""

LAND = """
                   GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
Cấp cho: Lý Văn Bằng – định danh 020093004321
Thửa 365     Tờ 71     822,6 m²
Mục đích: Đất ở tại nông thôn
Dùng Sử dụng riêng, hạn Lâu dài
"""

CARD = """
                   CĂN CƯỚC
Ngày, tháng, năm sinh/Date of birth      Giới tính/Sex
21/09/1988  Nam
"""


def read(kind: PaperKind, text: str) -> dict[str, str]:
    return {field.name: field.value for field in find_fields(kind, [page_from(text)])}


def test_parts_of_a_sentence_are_told_of_the_person_named_before() -> None:
    found = read(PaperKind.MARRIAGE_CERTIFICATE, MARRIED)
    assert (found["wife_name"], found["husband_name"]) == ("Lý Minh Hoa", "Ma Trung Bằng")
    assert (found["wife_date_of_birth"], found["husband_date_of_birth"]) == ("1999-08-27", "1982-09-02")
    assert (found["wife_ethnicity"], found["husband_ethnicity"]) == ("Tày", "Nùng")
    assert found["husband_address"] == "thôn Nà Sa, xã Tân Văn, tỉnh Lạng Sơn"


def test_a_label_counts_once_and_holds_no_figure() -> None:
    found = read(PaperKind.LAND_USE_CERTIFICATE, LAND)
    assert (found["full_name"], found["citizen_id"]) == ("Lý Văn Bằng", "020093004321")
    assert "spouse_name" not in found
    assert (found["parcel_number"], found["map_sheet"]) == ("365", "71")
    assert (found["use_form"], found["use_term"]) == ("Sử dụng riêng", "Lâu dài")


def test_a_cue_without_its_value_stays_a_word() -> None:
    found = read(PaperKind.MARRIAGE_CERTIFICATE, "Hai bên nam, nữ tự nguyện, sinh hoạt chung, dân tộc nào cũng vậy")
    assert not {name for name in found if name.endswith(("date_of_birth", "address", "ethnicity"))}


def test_a_label_beside_a_label_is_no_value() -> None:
    found = read(PaperKind.CITIZEN_ID_FRONT, CARD)
    assert (found["date_of_birth"], found["gender"]) == ("1988-09-21", "Nam")
