"""Values that differ and yet may both be true: what a reader of pictures lost, drew to it or took for its like."""

import pytest

from services.check.agree import agree
from services.check.clash import Contradiction, contradictions
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, TextSource
from services.dossier.paper import PageRef, Paper, ReadPaper


def field(name: str, value: str, source: TextSource = TextSource.OCR, confidence: float = 0.9) -> Field:
    return Field(name, value, value, confidence, 1, Box(0.1, 0.1, 0.2, 0.2), source, 1)


@pytest.mark.parametrize(
    ("name", "one", "other", "alike"),
    [
        ("name", "Hứa Quốc Toàn", "Quốc Toàn", True),
        ("name", "Trịnh Trung Hải", "T Rịnh Trung Hải", True),
        ("name", "Chu Minh Dũng", "Chu Minh Dũng Thôn Cốc Nam", True),
        ("name", "Hứa Quốc Toàn", "Hứa Quốc Bình", False),
        ("death_notice_number", "473/GBT", "473/GBTQuy", True),
        ("death_notice_number", "473/GBT", "474/GBT", False),
    ],
)
def test_what_was_seen_may_have_lost_a_part(name: str, one: str, other: str, *, alike: bool) -> None:
    assert agree(name, field(name, one), field(name, other)) is alike


def test_what_a_text_layer_says_has_lost_nothing() -> None:
    sure = TextSource.TEXT_LAYER
    assert not agree("name", field("name", "Hứa Quốc Toàn", sure), field("name", "Quốc Toàn", sure))


def clashes(one: str, other: str, confidence: float) -> tuple[Contradiction, ...]:
    """A card and an application of one name whose numbers are read with a confidence."""
    papers = [
        ReadPaper(
            Paper(at, (PageRef(at, 1),), kind, 1.0, ((kind, 1.0),)),
            (field("full_name", "Hứa Quốc Toàn"), field("citizen_id", number, confidence=confidence)),
        )
        for at, kind, number in (
            (1, PaperKind.CITIZEN_ID_FRONT, one),
            (2, PaperKind.CRIMINAL_RECORD_REQUEST, other),
        )
    ]
    return contradictions(papers)


def test_a_figure_that_looks_otherwise_accuses_sooner() -> None:
    assert clashes("020085694389", "020085694382", 0.85)  # 9 is not taken for 2
    assert not clashes("020085694389", "020085694386", 0.85)  # 9 may be a 6 misread
    assert clashes("020085694389", "020085694386", 0.93)
