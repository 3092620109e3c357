"""Labels beside their neighbours: two lines in a table, a cell that is a value, numbers behind words."""

from services.dossier.kinds import PaperKind
from services.extract.find import find_fields
from services.extract.normal import read_date, read_gender, read_grade, read_nationality
from services.extract.repair import mend
from tests.builders.pages import page_from


def values(kind: PaperKind, text: str) -> dict[str, str]:
    return {field.name: field.value for field in find_fields(kind, [page_from(text)])}


MARRIAGE = """
                    TỜ KHAI ĐĂNG KÝ KẾT HÔN
                        Bên nữ                   Bên nam
  Họ, chữ đệm và tên    Vi Thị Mai               Lương Văn Bắc
  khai sinh
  Nơi thường trú/tạm    Thôn Nà Lầu, xã          Thôn Bản Mới, xã
  trú                   Cao Lộc, Lạng Sơn        Công Sơn, Lạng Sơn
  Số CCCD/CMND/Hộ       020198004321             020096001234
  chiếu
  Số lần kết hôn        1                        2
"""


def test_a_label_of_two_lines_in_a_table_is_one_label() -> None:
    found = values(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, MARRIAGE)
    assert (found["wife_citizen_id"], found["husband_citizen_id"]) == ("020198004321", "020096001234")
    assert found["wife_address"] == "Thôn Nà Lầu, xã Cao Lộc, Lạng Sơn"
    assert found["husband_address"] == "Thôn Bản Mới, xã Công Sơn, Lạng Sơn"


CERTIFICATE = """
                    GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
Ông Hứa Công Khánh, sinh năm 1982, CCCD số 020082236000
và vợ Triệu Thu Lệ, sinh năm 1987, CCCD số 020187594149
Vào sổ cấp giấy chứng nhận số: VP25115
"""


def test_who_uses_the_land_stands_in_a_sentence() -> None:
    found = values(PaperKind.LAND_USE_CERTIFICATE, CERTIFICATE)
    assert (found["full_name"], found["citizen_id"]) == ("Hứa Công Khánh", "020082236000")
    assert (found["spouse_name"], found["spouse_citizen_id"]) == ("Triệu Thu Lệ", "020187594149")
    assert found["certificate_book_number"] == "VP25115"


RESIDENCE = """
                 XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
  Họ, chữ đệm và tên      Bàn Hồng Mai
  Quan hệ với chủ hộ      Chủ hộ
  Thời hạn của giấy       30/10/2027
"""


def test_a_wording_in_the_cell_of_a_value_is_its_value() -> None:
    found = values(PaperKind.RESIDENCE_CONFIRMATION, RESIDENCE)
    assert found["household_relationship"] == "Chủ hộ"
    assert found["expiry_date"] == "2027-10-30"


def test_what_readers_make_of_figures_and_words() -> None:
    assert read_date("ngòy 28 thánq 1 1 năm 2026") == "2026-11-28"
    assert read_gender("Naw") == "Nam"
    assert read_nationality("Việt Naw") == "Việt Nam"
    assert read_nationality("Lào") == "Lào"
    assert read_grade("cấp IV") == "IV"


def test_two_words_of_a_name_that_ran_together_are_parted() -> None:
    assert mend("full_name", "Đinh Xuânquốc Đạt") == "Đinh Xuân Quốc Đạt"
    assert mend("full_name", "Nguyễn Nghiêng") == "Nguyễn Nghiêng"
