"""Fields by geometry: right of, below, in columns, across leaders, for the right person."""

from services.dossier.kinds import PaperKind
from services.extract.candidates import normalise
from services.extract.find import find_fields
from tests.builders.pages import page_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE, DECISION, MARRIAGE_DECLARATION


def values(kind: PaperKind, text: str) -> dict[str, str]:
    return {field.name: field.value for field in find_fields(kind, [page_from(text)])}


def test_each_persons_lines_go_to_that_person() -> None:
    found = values(PaperKind.BIRTH_REGISTRATION_DECLARATION, BIRTH_DECLARATION)
    assert found["applicant_name"] == found["father_name"] == "Hoàng Văn Thắng"
    assert found["full_name"] == "Hoàng Minh An"
    assert found["date_of_birth"] == "2026-09-02"
    assert (found["mother_name"], found["mother_date_of_birth"]) == ("Nông Thị Hoa", "1995")
    assert (found["father_date_of_birth"], found["father_ethnicity"]) == ("1990", "Tày")
    assert found["applicant_citizen_id"] == "020090001234"
    assert found["applicant_citizen_id_issue_date"] == "2021-03-12"
    assert found["applicant_relationship"] == "Cha"
    assert found["gender"] == "Nam"
    assert found["hometown"] == "xã Cao Lộc, tỉnh Lạng Sơn"
    assert found["document_date"] == "2026-10-05"


def test_columns_of_two_persons_are_kept_apart() -> None:
    found = values(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, MARRIAGE_DECLARATION)
    assert (found["husband_name"], found["wife_name"]) == ("Lương Văn Bắc", "Vi Thị Mai")
    assert (found["husband_date_of_birth"], found["wife_date_of_birth"]) == ("1996-05-04", "1998-11-17")
    assert (found["husband_ethnicity"], found["wife_ethnicity"]) == ("Tày", "Nùng")
    assert (found["husband_marriage_order"], found["wife_marriage_order"]) == ("1", "2")


def test_a_birth_notice_gives_weight_time_and_the_mother() -> None:
    found = values(PaperKind.MEDICAL_BIRTH_CERTIFICATE, BIRTH_NOTICE)
    assert found["mother_name"] == "Nông Thị Hoa"
    assert found["birth_weight_g"] == "3200"
    assert found["time_of_birth"] == "08:15"
    assert found["full_name"] == "Hoàng Minh An"
    assert found["document_number"] == "215/2026"


def test_the_frame_of_a_decision_is_read() -> None:
    found = values(PaperKind.DECISION, DECISION)
    assert found["document_number"] == "15/QĐ-UBND"
    assert found["issue_date"] == "2026-08-12"
    assert found["issuing_authority"] == "Ủy ban nhân dân xã Yên Trạch"
    assert found["subject"] == "hỗ trợ nhà ở cho hộ nghèo năm 2026"
    assert found["signer_name"] == "Đàm Quốc Tuấn"


def test_labels_with_ocr_errors_are_still_labels() -> None:
    text = BIRTH_DECLARATION.replace("Nơi sinh:", "Nơl sinh:").replace("Quốc tịch:", "Quoc tich:")
    found = values(PaperKind.BIRTH_REGISTRATION_DECLARATION, text)
    assert found["place_of_birth"] == "Bệnh viện Đa khoa tỉnh Lạng Sơn"
    assert found["nationality"] == "Việt Nam"


def test_every_field_has_its_place_and_confidence() -> None:
    for field in find_fields(PaperKind.BIRTH_REGISTRATION_DECLARATION, [page_from(BIRTH_DECLARATION)]):
        assert field.box is not None
        assert 0 < field.confidence <= 1
        assert field.page == 1


def test_an_unreadable_paper_has_no_fields() -> None:
    assert find_fields(PaperKind.UNREADABLE, [page_from("x")]) == ()


def test_whom_a_heading_names_is_told_in_spite_of_a_wrong_mark_and_of_bare_words() -> None:
    text = (
        "TỜ KHAI ĐĂNG KÝ KẾT HÔN\n1. Người vợ tương lai\nHọ tên: Đàm Thị Thúy\nDân tộc: Nùng\n"
        "2. Người chống tương lai\nHọ tên: Lương Anh Kiên\nDân tộc: Tày"
    )
    found = values(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, text)
    assert found["wife_name"] == "Đàm Thị Thúy"
    assert found["husband_name"] == "Lương Anh Kiên"
    assert found["husband_ethnicity"] == "Tày"


def test_a_label_or_a_person_is_no_authority() -> None:
    assert normalise("issuing_authority", "5. Số CMND/CCCD (2)") is None
    assert normalise("issuing_authority", "Chồng") is None
    assert normalise("household_relationship", "Số CNMD 9 số") is None
    assert normalise("address", "kết hôn Đã kết hôn Ly") is None
    assert normalise("address", "thôn Bản Chu") == "thôn Bản Chu"
    assert normalise("temporary_address", "20. Tình trạng hôn nhân: Chưa kết hôn") is None
    assert normalise("issuing_authority", "Sở Y tế tỉnh Lạng Sơn") == "Sở Y tế tỉnh Lạng Sơn"
    assert normalise("issuing_authority", "Trường Cao đẳng Lạng Sơn") == "Trường Cao đẳng Lạng Sơn"


def test_the_second_line_of_an_office_signs_nothing() -> None:
    text = (
        "Đặc điểm nhận dạng: Nốt ruồi\nNgày cấp: 21/05/2023\nCỤC TRƯỞNG CỤC CẢNH SÁT\nQUẢN LÝ HÀNH CHÍNH\n"
        "VỀ TRẬT TỰ XÃ HỘI\nĐỗ Hữu Thức"
    )
    assert values(PaperKind.CITIZEN_ID_BACK, text).get("signer_name") in {None, "Đỗ Hữu Thức"}


def test_a_surname_that_reads_like_a_word_for_a_person_stays_in_its_name() -> None:
    text = (
        "TỜ KHAI ĐĂNG KÝ KẾT HÔN\nThông tin          Bên nữ             Bên nam\n"
        "Họ, chữ đệm, tên   VÕ PHƯƠNG BÍCH     CHU ANH HƯỜNG\nDân tộc            Kinh               Tày\n"
        "Quốc tịch          Việt Nam           Việt Nam"
    )
    found = values(PaperKind.MARRIAGE_REGISTRATION_DECLARATION, text)
    assert (found["wife_name"], found["husband_name"]) == ("Võ Phương Bích", "Chu Anh Hường")
    assert normalise("husband_ethnicity", "Việt Nam") is None


def test_the_sex_of_a_card_whose_label_is_not_printed_is_the_word_that_stands_alone() -> None:
    card = "CĂN CƯỚC CÔNG DÂN\n020083958621\nLỤC HỮU THÀNH\nNgày sinh / Birth: 17/08/1983 Nam Việt Nam"
    assert values(PaperKind.CITIZEN_ID_FRONT, card)["gender"] == "Nam"
    assert "gender" not in values(PaperKind.CITIZEN_ID_FRONT, card.replace(" Nam Việt", " Việt"))


def test_what_stands_behind_a_value_is_cut_off_and_a_rest_is_no_title() -> None:
    assert normalise("document_number", "264/GBTQuyển") == "264/GBT"
    assert normalise("document_number", "12/QĐ-UBND") == "12/QĐ-UBND"
    assert normalise("issuing_authority", "Trường Cao đẳng Lạng Sơn Bằng kỹ sư") == "Trường Cao đẳng Lạng Sơn"
    assert normalise("drawing_title", "MẶT CẮT A-A Tỷ lệ") == "Mặt cắt a-a"
    assert normalise("drawing_title", "dựng") is None


def test_a_decree_is_the_government_s_though_a_banner_names_its_office() -> None:
    head = (
        "{}  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {}  Hà Nội, ngày 05 tháng 3 năm 2020\n\n{}\nVề công tác văn thư\n"
    )
    decree = values(PaperKind.OTHER, head.format("VĂN PHÒNG CHÍNH PHỦ", "30/2020/NĐ-CP", "NGHỊ ĐỊNH"))
    assert decree["issuing_authority"] == "Chính phủ"
    notice = values(PaperKind.OTHER, head.format("VĂN PHÒNG CHÍNH PHỦ", "12/TB-VPCP", "THÔNG BÁO"))
    assert notice["issuing_authority"].casefold() == "văn phòng chính phủ"
