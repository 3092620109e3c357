"""Kinds of paper from titles and phrases; splitting a file into papers; abstaining."""

from dataclasses import replace

import pytest

from services.classify.model import shipped_model
from services.classify.name import name_papers
from services.classify.stage import name_beside
from services.dossier.kinds import PaperKind
from services.storage.sorting import SortedPaper
from tests.builders.pages import document_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE, DECISION, MARRIAGE_DECLARATION


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (BIRTH_DECLARATION, PaperKind.BIRTH_REGISTRATION_DECLARATION),
        (MARRIAGE_DECLARATION, PaperKind.MARRIAGE_REGISTRATION_DECLARATION),
        (BIRTH_NOTICE, PaperKind.MEDICAL_BIRTH_CERTIFICATE),
        (DECISION, PaperKind.DECISION),
    ],
)
def test_a_title_names_the_paper(text: str, kind: PaperKind) -> None:
    (paper,) = name_papers([document_from(text)])
    assert paper.kind is kind
    assert paper.confidence > 0.9
    assert len(paper.alternatives) == 3


def test_a_title_with_ocr_errors_still_names_the_paper() -> None:
    text = BIRTH_DECLARATION.replace("TỜ KHAI ĐĂNG KÝ KHAI SINH", "TO KHAl ĐĂNG KY KHA1 SINH")
    (paper,) = name_papers([document_from(text)])
    assert paper.kind is PaperKind.BIRTH_REGISTRATION_DECLARATION


def test_one_file_with_two_papers_is_split_and_a_second_page_goes_on() -> None:
    more = "Tôi cam đoan những nội dung khai trên đây là đúng sự thật\nNgười yêu cầu\nHoàng Văn Thắng"
    papers = name_papers([document_from(BIRTH_DECLARATION, more, BIRTH_NOTICE)])
    kinds = [PaperKind.BIRTH_REGISTRATION_DECLARATION, PaperKind.MEDICAL_BIRTH_CERTIFICATE]
    assert [paper.kind for paper in papers] == kinds
    assert [len(paper.pages) for paper in papers] == [2, 1]


def test_a_page_that_says_nothing_makes_the_classifier_abstain_or_say_other() -> None:
    (paper,) = name_papers([document_from("hôm nay trời nắng đẹp và chúng ta đi chợ phiên cùng nhau")])
    assert paper.kind in {None, PaperKind.OTHER}


def test_an_empty_page_is_unreadable() -> None:
    (paper,) = name_papers([document_from("   ")])
    assert paper.kind is PaperKind.UNREADABLE


def test_a_paper_of_no_known_kind_keeps_its_printed_title() -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỜ KHAI ĐĂNG KÝ GIÁM HỘ\nKính gửi: UBND xã\nNgười giám hộ: Lý Văn An"
    (paper,) = name_papers([document_from(text)])
    assert paper.title == "TỜ KHAI ĐĂNG KÝ GIÁM HỘ"


def test_what_an_officer_sorted_stays_when_papers_are_added() -> None:
    """His papers keep their numbers and kinds; the machine names only the pages that came since."""
    old, new = document_from(BIRTH_DECLARATION, DECISION), replace(document_from(BIRTH_NOTICE), number=2)
    kept = [SortedPaper(((1, 1), (1, 2)), PaperKind.DIPLOMA, 4)]
    named = name_beside([old, new], kept, shipped_model())
    assert [(paper.number, paper.kind, [(ref.document, ref.page) for ref in paper.pages]) for paper in named] == [
        (4, PaperKind.DIPLOMA, [(1, 1), (1, 2)]), (5, PaperKind.MEDICAL_BIRTH_CERTIFICATE, [(2, 1)])
    ]  # fmt: skip
    assert [paper.number for paper in name_beside([old, new], [], shipped_model())] == [1, 2, 3]


def test_the_census_form_of_residents_is_no_confirmation_of_residence() -> None:
    form = (
        "Mẫu DC01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHIẾU THU THẬP THÔNG TIN DÂN CƯ\n"
        "1. Họ, chữ đệm và tên khai sinh:\n2. Tên gọi khác: 3. Số ĐDCN:\n6. Nơi sinh:\n"
        "7. Nơi đăng ký khai sinh:\n15. Nơi thường trú:"
    )
    (paper,) = name_papers([document_from(form)])
    assert paper.kind is PaperKind.OTHER
