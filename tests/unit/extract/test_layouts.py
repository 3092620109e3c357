"""Where values stand: tables of two persons, wrapped cells, lines that run on, moments with a gap."""

from services.dossier.kinds import PaperKind
from services.extract.find import find_fields
from tests.builders.pages import page_from

TABLE = """
                    TỜ KHAI ĐĂNG KÝ KẾT HÔN
  Thông tin             Bên nữ                   Bên nam
  Họ, chữ đệm, tên      Vi Thị Mai               Lương Văn Bắc
  Ngày, tháng, năm      17/11/1998               04/05/1996
  sinh
  Dân tộc               Nùng                     Tày
  Nơi cư trú            Thôn Nà Lầu, xã          Thôn Bản Mới, xã Công
                        Cao Lộc, tỉnh            Sơn, tỉnh Lạng Sơn
                        Lạng Sơn
  Số định danh cá nhân  020198004321             020096001234
  Kết hôn lần thứ mấy   02                       01
Chúng tôi cam đoan những lời khai trên đây là đúng sự thật và tự nguyện
"""

DEATH = """
                      TỜ KHAI ĐĂNG KÝ KHAI TỬ
Họ, chữ đệm, tên người yêu cầu: Đỗ Thị Lan
Giấy tờ tùy thân: Căn cước số 020174685588 do Cục Cảnh sát quản lý hành chính về
trật tự xã hội cấp ngày 19/05/2024
Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:
Họ, chữ đệm, tên: Triệu Văn Bản
Nơi cư trú cuối cùng: thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn
Đã chết vào lúc: 06 giờ 55 phút            ngày 07/11/2026
Số Giấy báo tử/Giấy tờ thay thế Giấy báo tử: 669/GBT do Bệnh viện Phổi Lạng Sơn cấp ngày
09/11/2026
"""


def values(kind: PaperKind, text: str) -> dict[str, str]:
    return {field.name: field.value for field in find_fields(kind, [page_from(text)])}


def test_cells_of_a_table_go_to_the_person_above_them() -> None:
    found = values(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, TABLE)
    assert (found["wife_name"], found["husband_name"]) == ("Vi Thị Mai", "Lương Văn Bắc")
    assert (found["wife_date_of_birth"], found["husband_date_of_birth"]) == ("1998-11-17", "1996-05-04")
    assert found["wife_address"] == "Thôn Nà Lầu, xã Cao Lộc, tỉnh Lạng Sơn"
    assert found["husband_address"] == "Thôn Bản Mới, xã Công Sơn, tỉnh Lạng Sơn"
    assert (found["wife_citizen_id"], found["husband_citizen_id"]) == ("020198004321", "020096001234")
    assert (found["wife_marriage_order"], found["husband_marriage_order"]) == ("2", "1")


def test_values_run_on_to_the_next_line_and_over_a_gap() -> None:
    found = values(PaperKind.DEATH_REGISTRATION_DECLARATION, DEATH)
    assert found["applicant_citizen_id_issue_place"] == "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
    assert found["applicant_citizen_id_issue_date"] == "2024-05-19"
    assert (found["date_of_death"], found["time_of_death"]) == ("2026-11-07", "06:55")
    assert found["death_notice_authority"] == "Bệnh viện Phổi Lạng Sơn"
    assert found["death_notice_date"] == "2026-11-09"


def test_a_name_is_no_label() -> None:
    found = values(PaperKind.DEATH_REGISTRATION_DECLARATION, DEATH)
    assert found["applicant_name"] == "Đỗ Thị Lan"
    assert found["full_name"] == "Triệu Văn Bản"
    assert found["address"] == "thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn"


UNLISTED = """
                      TỜ KHAI ĐĂNG KÝ KHAI TỬ
Thông tin người đi khai
Họ tên đầy đủ: Đỗ Thị Lan
Đang sinh sống tại: thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn
CCCD 020174685588 cấp ngày 19/05/2024
II. Người đã mất: Triệu Văn Bản
Thuộc dân tộc, quốc tịch: Nùng, Việt Nam
Nguyên nhân dẫn đến tử vong: Bệnh tim
"""


def test_labels_that_no_list_has_are_read_by_their_words() -> None:
    found = values(PaperKind.DEATH_REGISTRATION_DECLARATION, UNLISTED)
    assert found["applicant_name"] == "Đỗ Thị Lan"
    assert found["applicant_address"] == "thôn Bản Chu, xã Tân Văn, tỉnh Lạng Sơn"
    assert (found["applicant_citizen_id"], found["applicant_citizen_id_issue_date"]) == ("020174685588", "2024-05-19")
    assert found["full_name"] == "Triệu Văn Bản"
    assert found["cause_of_death"] == "Bệnh tim"


def test_a_form_of_no_known_kind_has_no_fields_but_a_numbered_document_has() -> None:
    assert values(PaperKind.OTHER, "SƠ YẾU LÝ LỊCH\nHọ và tên: Đỗ Thị Lan\nNgày 02 tháng 03 năm 2026") == {}
    document = (
        "ỦY BAN NHÂN DÂN XÃ TÂN VĂN\nSố: 15/KH-UBND     Tân Văn, ngày 02 tháng 03 năm 2026\n\n        KẾ HOẠCH\nXây nhà"
    )
    assert values(PaperKind.OTHER, document)["document_number"] == "15/KH-UBND"
