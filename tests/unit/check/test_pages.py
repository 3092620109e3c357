"""Pages to send again are named with their file."""

from services.check.pages import find_bad_pages
from services.dossier.document import Document
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import Page, TextSource
from services.dossier.paper import PageRef, Paper, ReadPaper
from services.wording import Language, sentence
from tests.builders.pages import page_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE


def said(*pages: Page, papers: tuple[ReadPaper, ...] = ()) -> dict[str, str]:
    found = find_bad_pages([Document(1, "giay.pdf", pages)], papers)
    return {finding.rule: finding.sentence.say(Language.VI) for finding in found}


def test_a_clear_page_is_fine() -> None:
    assert said(page_from(BIRTH_DECLARATION), page_from(BIRTH_NOTICE, number=2)) == {}


def test_a_blank_and_an_unreadable_page_are_named() -> None:
    blank = Page(2, 1240, 1754, (), TextSource.OCR, "x")
    assert said(page_from(BIRTH_DECLARATION), blank) == {"blank_page": "Trang 2 của tệp giay.pdf trống."}
    broken = Page(2, 1240, 1754, (), TextSource.OCR, "x", unreadable=sentence("check.blank_page", page=2, file="a"))
    assert "Trang 2 của tệp giay.pdf không đọc được" in said(broken)["unreadable_page"]


def test_a_blurred_page_says_what_was_not_read() -> None:
    page = page_from(BIRTH_DECLARATION, number=2, confidence=0.4)
    paper = Paper(1, (PageRef(1, 2),), PaperKind.BIRTH_REGISTRATION_DECLARATION, 0.9, ())
    field = Field("mother_citizen_id", "020195001234", "x", 0.3, 2, None, TextSource.OCR)
    text = said(page, papers=(ReadPaper(paper, (field,)),))["blurred_page"]
    assert text.startswith("Trang 2 của tệp giay.pdf mờ")
    assert "mẹ" in text


def test_a_page_sent_twice_is_noticed_and_two_filled_forms_are_not() -> None:
    assert "duplicate_page" in said(page_from(BIRTH_DECLARATION), page_from(BIRTH_DECLARATION, number=2))
    other = BIRTH_DECLARATION.replace("020090001234", "020090001235")
    assert said(page_from(BIRTH_DECLARATION), page_from(other, number=2)) == {}
