"""Who has not signed, and what carries no stamp."""

from dataclasses import replace

from services.check.signed import find_unsigned
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Mark, MarkKind, Page
from services.dossier.paper import PageRef, Paper, ReadPaper
from tests.builders.pages import page_from

BLANK = "\n" * 24
FORM = (
    f"TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ tên: Hoàng Minh An{BLANK}"
    "                       Người yêu cầu\n                    (Ký, ghi rõ họ tên)"
)
NAMED = FORM + "\n\n\n                     Hoàng Minh An"


def rules(page: Page, kind: PaperKind = PaperKind.BIRTH_REGISTRATION_DECLARATION) -> set[str]:
    paper = ReadPaper(Paper(1, (PageRef(1, 1),), kind, 0.9, ()), ())
    return {finding.rule for finding in find_unsigned([Document(1, "a.pdf", (page,))], [paper])}


def test_an_empty_place_of_signature_is_unsigned() -> None:
    assert rules(page_from(FORM)) == {"unsigned"}


def test_a_name_or_ink_below_is_a_signature() -> None:
    assert rules(page_from(NAMED)) == set()
    ink = Mark(MarkKind.BLUE_INK, Box(0.3, 0.62, 0.42, 0.66))
    assert rules(replace(page_from(FORM), marks=(ink,))) == set()


def test_an_issued_paper_without_a_red_stamp_is_a_note() -> None:
    page = page_from("GIẤY CHỨNG SINH\nHọ tên mẹ: Nông Thị Hoa")
    assert rules(page, PaperKind.MEDICAL_BIRTH_CERTIFICATE) == {"no_stamp_seen"}
    stamp = Mark(MarkKind.RED_STAMP, Box(0.6, 0.7, 0.75, 0.8))
    assert rules(replace(page, marks=(stamp,)), PaperKind.MEDICAL_BIRTH_CERTIFICATE) == set()
