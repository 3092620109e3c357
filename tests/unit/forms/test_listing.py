"""A receipt names papers; a file's name stands only where nobody knows what lies in it."""

from services.forms.listing import list_papers
from services.wording import Language

FILES = {1: "scan.pdf", 2: "IMG_2041.jpg", 3: "x.pdf"}


def test_kinds_are_listed_once_with_their_number_and_pages() -> None:
    papers = [
        ("birth_registration_declaration", [(1, 1), (1, 2)]), ("citizen_id_front", [(1, 3)]),
        ("citizen_id_front", [(2, 1)]), ("birth_certificate", [(3, 1)]),
    ]  # fmt: skip
    assert list_papers(FILES, papers, Language.VI) == (
        "Tờ khai đăng ký khai sinh (2 trang)", "Thẻ căn cước, mặt trước: 2 bản (2 trang)", "Giấy khai sinh (1 trang)",
    )  # fmt: skip


def test_what_is_not_recognised_is_told_by_its_file_and_page() -> None:
    papers = [("birth_certificate", [(1, 1)]), (None, [(1, 2)]), (None, [(2, 1)])]
    assert list_papers(FILES, papers, Language.EN) == (
        "Birth certificate (pages: 1)", "Other papers in the file scan.pdf, page 2",
        "Papers in the file IMG_2041.jpg", "Papers in the file x.pdf",
    )  # fmt: skip


def test_before_anything_was_read_every_file_is_there() -> None:
    assert list_papers(FILES, [], Language.VI) == tuple(f"Giấy tờ trong tệp {name}" for name in FILES.values())


def test_a_paper_of_no_known_kind_is_listed_by_its_title_as_read() -> None:
    papers = [("other", [(1, 1)]), ("other", [(2, 1)]), ("other", [(3, 1)]), ("birth_certificate", [(3, 2)])]
    titles = ["ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT", "", "GIẤY BIÊN NHẬN", "GIẤY KHAI SINH (BẢN SAO)"]
    assert list_papers(FILES, papers, Language.VI, titles) == (
        "ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT (1 trang)", "Giấy tờ khác (1 trang)", "GIẤY BIÊN NHẬN (1 trang)",
        "Giấy khai sinh (1 trang)",
    )  # fmt: skip
