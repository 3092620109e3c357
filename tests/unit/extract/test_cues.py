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


TWO = """
TỜ KHAI ĐĂNG KÝ KẾT HÔN
Thông tin                   Bên nữ                      Bên nam
Họ, chữ đệm, tên            LÝ THỊ HOA                  NÔNG VĂN BẰNG
Ngày, tháng, năm sinh       12/04/1999                  01/02/1997
Giấy tờ tùy thân (3)        CCCD số 020199001234,       CCCD số 020097004321,
                            cấp ngày 10/05/2021,        cấp ngày 12/05/2021,
                            nơi cấp Cục CS QLHC         nơi cấp Cục CS QLHC
                            về TTXH                     về TTXH
"""


def test_words_before_the_numbers_of_both_make_no_halves_of_a_table() -> None:
    """The form of Circular 04/2020/TT-BTP as it is filled in."""
    found = read(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, TWO)
    assert (found["wife_name"], found["husband_name"]) == ("Lý Thị Hoa", "Nông Văn Bằng")
    assert (found["wife_citizen_id"], found["husband_citizen_id"]) == ("020199001234", "020097004321")
    assert (found["wife_citizen_id_issue_date"], found["husband_date_of_birth"]) == ("2021-05-10", "1997-02-01")


def test_a_relation_is_no_heading() -> None:
    found = read(
        PaperKind.BIRTH_REGISTRATION_DECLARATION,
        "Họ, chữ đệm, tên người yêu cầu: Nông Văn Bằng\nQuan hệ với người được khai sinh: Cha đẻ",
    )
    assert found["applicant_relationship"] == "Cha đẻ"


def test_a_rule_that_issues_a_form_is_not_its_number() -> None:
    text = "Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA\nTỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ"
    assert "document_number" not in read(PaperKind.OTHER, text)


HALVES = """
                   GIẤY CHỨNG NHẬN KẾT HÔN
Họ, chữ đệm, tên vợ: LÝ THỊ HOA          Họ, chữ đệm, tên chồng: NÔNG VĂN BẰNG
Dân tộc: Nùng                            Dân tộc: Tày
Nơi cư trú: Thôn Nà Sa, xã Tân Văn,      Nơi cư trú: Thôn Bản Chu, xã Tân
huyện Bình Gia, tỉnh Lạng Sơn            Văn, huyện Bình Gia, tỉnh Lạng Sơn
"""


def test_values_of_halves_run_on_in_their_own_half() -> None:
    found = read(PaperKind.MARRIAGE_CERTIFICATE, HALVES)
    assert found["wife_address"] == "Thôn Nà Sa, xã Tân Văn, huyện Bình Gia, tỉnh Lạng Sơn"
    assert found["husband_address"] == "Thôn Bản Chu, xã Tân Văn, huyện Bình Gia, tỉnh Lạng Sơn"


def test_an_address_asked_for_part_by_part_is_one_line() -> None:
    asked = "Xã/Phường/Đặc khu: xã Tân Văn\nTỉnh/Thành phố: tỉnh Lạng Sơn"
    text = f"2. Địa chỉ trụ sở hộ kinh doanh:\nSố nhà, ngách, hẻm, ngõ, đường phố/tổ/xóm/ấp/thôn: Thôn Bản Chu\n{asked}"
    found = read(PaperKind.HOUSEHOLD_BUSINESS_APPLICATION, text)
    assert found["business_address"] == "Thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn"
