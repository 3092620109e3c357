"""Values are believed more where the paper bears them out, less where it contradicts them."""

from dataclasses import replace

import pytest

from services.dossier.field import DOUBTED, Field
from services.dossier.identity import agrees, is_tax_code
from services.dossier.page import Box, TextSource
from services.extract.trust import SEEN_ONCE, weigh_fields


def field(name: str, value: str, top: float = 0.1, source: TextSource = TextSource.OCR) -> Field:
    return Field(name, value, value, 0.96, 1, Box(0.1, top, 0.3, top + 0.02), source)


def weighed(*fields: Field) -> dict[str, float]:
    return {one.name: one.confidence for one in weigh_fields(fields)}


@pytest.mark.parametrize(
    ("number", "born", "sex", "verdict"),
    [
        ("020196725582", "1996-01-02", "Nữ", True),
        ("020196725582", "1998-01-02", "Nữ", False),
        ("020196725582", "1996", "Nam", False),
        ("003196725582", "1996", "Nữ", False),
        ("020204006653", "2004-02-06", "Nam", True),
        ("020196725582", "", "", None),
        ("081234567", "1996", "Nữ", None),
    ],
)
def test_a_personal_number_holds_birth_and_sex(number: str, born: str, sex: str, verdict: bool | None) -> None:
    assert agrees(number, born, sex) is verdict


def test_a_number_against_its_birth_is_doubted_and_so_is_the_birth() -> None:
    found = weighed(field("mother_citizen_id", "020196725582"), field("mother_date_of_birth", "1998-01-02", 0.2))
    assert set(found.values()) == {DOUBTED}


def test_a_number_seen_once_is_believed_less_than_one_borne_out() -> None:
    alone = weighed(field("citizen_id", "020196725582"))
    both = weighed(field("citizen_id", "020196725582"), field("date_of_birth", "1996-01-02", 0.2))
    assert alone["citizen_id"] == SEEN_ONCE < both["citizen_id"]


def test_a_card_is_not_issued_before_its_holder_is_born() -> None:
    found = weighed(field("citizen_id_issue_date", "1990-01-01"), field("date_of_birth", "1996-01-02", 0.2))
    assert found["citizen_id_issue_date"] == DOUBTED


def test_the_check_digit_of_a_tax_code() -> None:
    assert is_tax_code("0100109106")
    assert not is_tax_code("0100109107")


def test_a_figure_of_a_page_that_was_read_with_effort_is_for_a_person_to_look_at() -> None:
    born = field("date_of_birth", "1957-03-21")
    beside = [replace(field(f"{who}_name", "Vi Hòa", 0.2), confidence=0.7) for who in ("father", "mother", "agent")]
    easy = [replace(one, confidence=0.9) for one in beside]
    assert weighed(born, *easy)["date_of_birth"] > 0.9
    assert weighed(born, *beside)["date_of_birth"] < 0.9
    printed = replace(born, source=TextSource.TEXT_LAYER)
    assert weighed(printed, *beside)["date_of_birth"] > 0.9


def test_parents_are_not_younger_than_their_child() -> None:
    child = field("date_of_birth", "1984-04-09", source=TextSource.TEXT_LAYER)
    mother = field("mother_date_of_birth", "2026-10-30", 0.3, TextSource.TEXT_LAYER)
    assert set(weighed(child, mother).values()) == {DOUBTED}
    assert weighed(child, replace(mother, value="1960"))["mother_date_of_birth"] > 0.9
