"""Missing papers, contradictions, strays and old papers."""

from dataclasses import replace
from datetime import date

from services.catalogue.shipped import load_shipped
from services.check.clash import contradictions
from services.check.look import check_dossier
from services.check.missing import missing_papers
from services.check.stray import find_strays
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.dossier.paper import PageRef, Paper, ReadPaper

BIRTH = next(p for p in load_shipped() if p.code == "1.001193")


def read(number: int, kind: PaperKind, **values: str) -> ReadPaper:
    paper = Paper(number, (PageRef(number, 1),), kind, 0.99, ((kind, 0.99),))
    fields = tuple(
        Field(name, value, value, 0.95, 1, None, TextSource.TEXT_LAYER, number) for name, value in values.items()
    )
    return ReadPaper(paper, fields)


DECLARED = read(
    1,
    PaperKind.BIRTH_REGISTRATION_DECLARATION,
    full_name="Hoàng Minh An",
    date_of_birth="2026-09-02",
    mother_name="Nông Thị Hoa",
    mother_date_of_birth="1995",
)
NOTICE = read(
    2,
    PaperKind.MEDICAL_BIRTH_CERTIFICATE,
    full_name="Hoàng Minh An",
    date_of_birth="2026-09-02",
    mother_name="Nông Thị Hoa",
    mother_date_of_birth="1995-04-30",
)


def test_a_complete_dossier_misses_nothing() -> None:
    assert missing_papers(BIRTH, [DECLARED, NOTICE]) == ()


def test_the_one_missing_paper_is_named() -> None:
    missing = missing_papers(BIRTH, [DECLARED])
    assert [item.kinds for item in missing] == [(PaperKind.MEDICAL_BIRTH_CERTIFICATE,)]


def test_a_year_beside_a_full_date_is_no_contradiction() -> None:
    assert contradictions([DECLARED, NOTICE]) == ()


def test_another_date_of_the_same_child_is_a_contradiction() -> None:
    other = read(2, PaperKind.MEDICAL_BIRTH_CERTIFICATE, full_name="Hoàng Minh An", date_of_birth="2026-09-12")
    (found,) = contradictions([DECLARED, other])
    assert found.field == "date_of_birth"
    assert {value.value for value in found.values} == {"2026-09-02", "2026-09-12"}


def test_an_old_number_beside_the_new_one_is_no_contradiction() -> None:
    card = read(1, PaperKind.CITIZEN_ID_FRONT, full_name="Nông Thị Hoa", citizen_id="020195001234")
    land = read(2, PaperKind.LAND_USE_CERTIFICATE, full_name="Nông Thị Hoa", citizen_id="080123456")
    assert contradictions([card, land]) == ()


def test_another_number_of_the_same_person_is_one() -> None:
    card = read(1, PaperKind.CITIZEN_ID_FRONT, full_name="Nông Thị Hoa", citizen_id="020195001234")
    form = read(2, PaperKind.LAND_CHANGE_APPLICATION, full_name="Nông Thị Hoa", citizen_id="020195001284")
    assert [found.field for found in contradictions([card, form])] == ["citizen_id"]


def test_a_paper_of_nobody_else_here_is_a_stray() -> None:
    card = read(3, PaperKind.CITIZEN_ID_FRONT, full_name="Lương Quốc Bảo", citizen_id="020088004321")
    assert [paper.paper.number for paper, _ in find_strays([DECLARED, NOTICE, card])] == [3]


def test_a_misread_name_makes_no_stray() -> None:
    card = read(3, PaperKind.CITIZEN_ID_FRONT, full_name="Nống Thi Hoe", citizen_id="020195001234")
    assert find_strays([DECLARED, NOTICE, card]) == ()


def test_strangers_card_beside_one_form_is_a_stray() -> None:
    card = read(3, PaperKind.CITIZEN_ID_FRONT, full_name="Lương Quốc Bảo", citizen_id="020088004321")
    assert [paper.paper.number for paper, _ in find_strays([DECLARED, card])] == [3]


def test_a_letter_that_may_be_misread_accuses_nobody() -> None:
    card = read(1, PaperKind.CITIZEN_ID_FRONT, full_name="Nông Thị Hoa", citizen_id="020195001234")
    form = read(2, PaperKind.LAND_CHANGE_APPLICATION, full_name="Nông Thị Hoa", citizen_id="020195001284")
    seen = tuple(replace(item, source=TextSource.OCR, confidence=0.8) for item in form.fields)
    assert contradictions([card, replace(form, fields=seen)]) == ()


def test_an_expired_card_and_an_old_certificate_are_found() -> None:
    card = read(1, PaperKind.CITIZEN_ID_FRONT, full_name="Nông Thị Hoa", expiry_date="2025-01-01")
    single = read(2, PaperKind.MARITAL_STATUS_CERTIFICATE, full_name="Nông Thị Hoa", issue_date="2026-01-31")
    rules = {finding.rule for finding in check_dossier(None, [], [card, single], date(2026, 11, 24))}
    assert rules == {"expired_paper", "too_old_paper"}


def test_an_area_without_its_decimals_is_no_contradiction() -> None:
    form = read(1, PaperKind.LAND_CHANGE_APPLICATION, full_name="Nông Thị Hoa", area_m2="648")
    rounded = read(2, PaperKind.LAND_USE_CERTIFICATE, full_name="Nông Thị Hoa", area_m2="648.2")
    other = read(2, PaperKind.LAND_USE_CERTIFICATE, full_name="Nông Thị Hoa", area_m2="684.2")
    assert contradictions([form, rounded]) == ()
    assert [found.field for found in contradictions([form, other])] == ["area_m2"]
