"""Papers of strangers, and people who are one although a letter was misread or a pen slipped."""

from services.check.clash import contradictions
from services.check.person import are_one, find_persons, groups_of_one
from services.check.stray import find_strays
from services.dossier.document import Document
from services.dossier.field import DOUBTED, Field
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Line, Page, TextSource, Word
from services.dossier.paper import PageRef, Paper, ReadPaper


def paper(number: int, kind: PaperKind, fields: dict[str, str], confidence: float = 0.93) -> ReadPaper:
    box = Box(0.1, 0.1, 0.2, 0.2)
    read = tuple(Field(name, v, v, confidence, 1, box, TextSource.OCR, number) for name, v in fields.items())
    return ReadPaper(Paper(number, (PageRef(number, 1),), kind, 1.0, ((kind, 1.0),)), read)


ASKED = paper(
    1,
    PaperKind.CRIMINAL_RECORD_REQUEST,
    {"full_name": "Sầm Văn Thành", "citizen_id": "020097231498", "date_of_birth": "1997-03-01"},
)


def test_a_number_far_off_is_a_strangers_though_its_figures_are_much_alike() -> None:
    of_another = {"full_name": "La Tuấn Khánh", "citizen_id": "020089314978", "date_of_birth": "1989-03-20"}
    stranger = paper(2, PaperKind.CITIZEN_ID_FRONT, of_another)
    assert [read.paper.number for read, _ in find_strays([ASKED, stranger])] == [2]
    assert not find_strays([ASKED, paper(2, PaperKind.CITIZEN_ID_FRONT, {"full_name": "La Tuấn Khánh"}, 0.6)])


def test_a_letter_misread_and_a_day_apart_are_one_person_but_siblings_are_two() -> None:
    def one(other: dict[str, str]) -> bool:
        first, second = find_persons([ASKED, paper(2, PaperKind.BIRTH_CERTIFICATE, other)])
        return are_one(first, second)

    assert one({"full_name": "Sầm Văn Thình", "date_of_birth": "1997-03-02"})
    assert not one({"full_name": "Sầm Văn Thình", "date_of_birth": "1999-10-22"})


def test_who_pays_is_who_asks_but_for_one_word() -> None:
    payer = paper(2, PaperKind.FEE_RECEIPT, {"payer_name": "Sầm Văn Nghĩa"})
    first, second = find_persons([ASKED, payer])
    assert are_one(first, second)
    first, second = find_persons([ASKED, paper(2, PaperKind.FEE_RECEIPT, {"payer_name": "Lý Thị Nghĩa"})])
    assert not are_one(first, second)


def test_a_strangers_certificate_is_not_the_declarations_although_their_matter_is_one() -> None:
    mine = {"full_name": "Bùi Đức Việt", "citizen_id": "020098121430", "date_of_birth": "1998-10-15"}
    declared = paper(1, PaperKind.MARITAL_STATUS_DECLARATION, mine)
    other = {"full_name": "Đàm Kim Tuyết", "citizen_id": "020191170380", "date_of_birth": "1991-08-05"}
    certificate = paper(3, PaperKind.MARITAL_STATUS_CERTIFICATE, other)
    papers = [declared, paper(2, PaperKind.CITIZEN_ID_FRONT, mine), certificate]
    assert [read.paper.number for read, _ in find_strays(papers)] == [3]
    assert not contradictions(papers)


def test_a_birth_that_its_own_number_belies_accuses_where_the_number_is_borne_out() -> None:
    sure = {"full_name": "Lý Quang Thắng", "citizen_id": "020080862301", "date_of_birth": "1980-12-08"}
    slipped = sure | {"date_of_birth": "1981-01-08"}
    card = paper(2, PaperKind.CITIZEN_ID_FRONT, slipped, DOUBTED)
    found = contradictions([paper(1, PaperKind.LAND_CHANGE_APPLICATION, sure), card])
    assert [one.field for one in found] == ["date_of_birth"]


def written(number: int, text: str) -> Document:
    """A file of one page with these words."""
    box = Box(0.1, 0.1, 0.9, 0.2)
    line = Line(tuple(Word(word, box, 0.95) for word in text.split()))
    page = Page(1, 1000, 1400, (line,), TextSource.OCR, "trueocr", document=number)
    return Document(number, f"{number}.jpg", (page,))


def test_the_text_of_a_paper_nobody_is_read_on_tells_whose_dossier_it_is() -> None:
    asked = paper(1, PaperKind.OTHER, {})
    mine = paper(2, PaperKind.CITIZEN_ID_FRONT, {"full_name": "Mã Bảo Anh", "citizen_id": "020178000849"})
    other = paper(3, PaperKind.CITIZEN_ID_FRONT, {"full_name": "Lục Văn Thịnh", "citizen_id": "020084571145"})
    papers = [asked, mine, other]
    assert not find_strays(papers)  # two people, and nothing says which of them asks
    assert [read.paper.number for read, _ in find_strays(papers, [written(1, "Tôi là MÃ BẢO ANH, xin")])] == [3]
    both = [written(1, "Tôi là Mã Bảo Anh, xin cho ông Lục Văn Thinh")]
    assert not find_strays(papers, both)


def test_nobody_is_a_stranger_to_people_who_could_not_be_read() -> None:
    asked = paper(1, PaperKind.MARRIAGE_REGISTRATION_DECLARATION, {"wife_name": "Hotn Mã Kim"}, 0.2)
    certificate = {"full_name": "Vy Đức Sơn", "citizen_id": "020202342585", "date_of_birth": "2002-12-16"}
    assert not find_strays([asked, paper(2, PaperKind.MARITAL_STATUS_CERTIFICATE, certificate)])


def test_a_strangers_birth_certificate_is_no_contradiction_of_the_birth_that_is_declared() -> None:
    declared = {
        "full_name": "Triệu Đình Đại", "date_of_birth": "2026-10-26", "father_name": "Triệu Minh Hiếu",
        "mother_name": "Hứa Diệu Thu My",
    }  # fmt: skip
    strange = {
        "full_name": "Phùng Phương Thơm", "date_of_birth": "1995-09-30", "father_name": "Phùng Minh Páo",
        "mother_name": "Đàm Mai Ngân",
    }  # fmt: skip
    papers = [
        paper(1, PaperKind.BIRTH_REGISTRATION_DECLARATION, declared),
        paper(2, PaperKind.MEDICAL_BIRTH_CERTIFICATE, declared),
        paper(3, PaperKind.BIRTH_CERTIFICATE, strange),
    ]
    assert not contradictions(papers)
    assert [read.paper.number for read, _ in find_strays(papers)] == [3]


def test_two_people_of_one_paper_stay_two_although_a_third_bears_the_name_of_one_and_the_number_of_the_other() -> None:
    declared = {
        "full_name": "Nguyễn Thị Phượng", "father_name": "Nguyễn Quang Đoàn", "father_citizen_id": "020088026653",
    }  # fmt: skip
    misread = {"full_name": "Nguyễn Thị Phượng", "citizen_id": "020088026653"}
    papers = [
        paper(1, PaperKind.BIRTH_REGISTRATION_DECLARATION, declared),
        paper(2, PaperKind.CITIZEN_ID_FRONT, misread),
    ]
    groups = groups_of_one(find_persons(papers))
    roles = [sorted(person.role for person in group if person.paper is papers[0]) for group in groups]
    assert ["", "father"] not in roles
