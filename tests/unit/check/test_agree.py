"""Values that differ and yet may both be true: what a reader of pictures lost, drew to it or took for its like."""

from dataclasses import replace

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
        ("death_notice_number", "473/6BT", "473/GBTQuy", True),
        ("name", "Hoà Na Đìnk Quyết", "Hoàng Đình Quyết", True),
        ("name", "Hoà Minh", "Hoàng Đình Quyết", False),
        ("map_sheet", "4", "45", True),
        ("map_sheet", "46", "45", False),
        ("area_m2", "14", "141.9", True),
        ("certificate_number", "RV 935574", "RV 93557402", True),
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


def land(areas: tuple[tuple[str, float], ...], beside: float = 0.93) -> list[Contradiction]:
    """Papers of one parcel with their areas and how surely they were read, with two more values beside each."""
    kinds = (PaperKind.LAND_CHANGE_APPLICATION, PaperKind.LAND_USE_CERTIFICATE, PaperKind.LAND_TRANSFER_CONTRACT)
    papers = []
    for at, (kind, (area, sure)) in enumerate(zip(kinds, areas, strict=False), 1):
        items = (("area_m2", area, sure), ("map_sheet", "7", beside), ("parcel_number", "130", beside))
        fields = [replace(field(name, value, confidence=c), document=at) for name, value, c in items]
        papers.append(ReadPaper(Paper(at, (PageRef(at, 1),), kind, 1.0, ((kind, 1.0),)), tuple(fields)))
    return list(contradictions(papers))


def test_what_two_papers_say_outvotes_a_third_that_differs_as_a_misread_figure_does() -> None:
    assert not land((("243.1", 0.93), ("245.1", 0.9), ("243.1", 0.93)))
    assert land((("243.1", 0.93), ("245.1", 0.97), ("243.1", 0.93)))
    assert land((("243.1", 0.93), ("247.1", 0.9), ("243.1", 0.93)))  # 3 is not taken for 7


def test_a_figure_of_a_page_read_with_effort_is_not_believed_against_its_like() -> None:
    assert land((("243.1", 0.93), ("245.1", 0.93)))
    assert not land((("243.1", 0.93), ("245.1", 0.93)), beside=0.7)


def test_a_name_whose_place_is_a_guess_is_believed_where_it_is_anothers_but_for_a_word() -> None:
    def named(other: str) -> tuple[Contradiction, ...]:
        values = (("Triệu Xuân Hương", 0.93), (other, 0.46))
        kinds = (PaperKind.CITIZEN_ID_FRONT, PaperKind.MARITAL_STATUS_CERTIFICATE)
        return contradictions([
            ReadPaper(
                Paper(at, (PageRef(at, 1),), kind, 1.0, ((kind, 1.0),)),
                (field("full_name", name, confidence=sure), field("citizen_id", "022200229452")),
            )
            for at, (kind, (name, sure)) in enumerate(zip(kinds, values, strict=True), 1)
        ])  # fmt: skip

    assert named("Triệu Xuân Quyết")
    assert not named("Lý Phương Mai")
    assert not named("Triệu Xuân Hướng")
