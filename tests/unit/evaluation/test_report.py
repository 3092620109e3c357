"""Figures of labelled dossiers whose right answers can be counted by hand."""

from dataclasses import replace

import pytest

from services.dossier.kinds import PaperKind
from services.evaluation.dossier_figures import matches, same_list
from services.evaluation.field_figures import same_exactly, same_leniently
from services.evaluation.interval import ratio as over
from services.evaluation.interval import resampled, share
from services.evaluation.outcome import ContradictionOutcome
from services.evaluation.pairs import pair_papers
from services.evaluation.report import measure
from services.evaluation.truth import TrueContradiction
from tests.builders.labelled import read_dossier, read_file, read_paper, true_dossier, true_file, true_paper

BIRTH, NOTICE = PaperKind.BIRTH_REGISTRATION_DECLARATION, PaperKind.MEDICAL_BIRTH_CERTIFICATE
FRONT, BACK = PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK


def test_wilson_of_eight_in_ten() -> None:
    figure = share(8, 10)
    assert (figure["value"], figure["low"], figure["high"]) == (0.8, 0.4902, 0.9433)
    assert share(0, 0)["value"] is None


def test_bootstrap_holds_its_value_and_stays_within_the_rows() -> None:
    figure = resampled([[1, 10], [5, 10], [3, 10]], over, 30)
    assert figure["value"] == 0.3
    assert 0.1 <= figure["low"] < 0.3 < figure["high"] <= 0.5
    assert resampled([], over, 0)["value"] is None


def test_fields_right_wrong_extra_and_lost() -> None:
    truth = true_dossier(
        true_file(true_paper(BIRTH, full_name="Lý Văn An", gender="Nam", hometown="Lạng Sơn", phone="1"))
    )
    read = read_dossier(
        read_file(read_paper(BIRTH, full_name="LÝ VĂN AN", gender="Nữ", hometown="Lang Sơn", address="x"))
    )
    fields = measure([(truth, read)])["fields"]
    assert fields["exact"]["precision"]["value"] == 0.25  # full_name of four read
    assert fields["exact"]["recall"]["value"] == 0.25  # of four printed
    assert fields["lenient"]["recall"]["value"] == 0.5  # hometown too
    assert fields["per_field"]["gender"]["f1"]["value"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "exactly", "leniently"),
    [
        ("Nguyễn Văn An", "nguyễn  văn an.", True, True),
        ("Nguyễn Văn An", "Nguyên Văn An", False, True),
        ("2026-11-05", "2026-11", False, True),
        ("020071241864", "020071241865", False, False),
        ("", "x", False, False),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, exactly: bool, leniently: bool) -> None:
    assert same_exactly(one, other) is exactly
    assert same_leniently(one, other) is leniently


def test_two_papers_read_as_one_leave_one_without_its_fields() -> None:
    truth = true_dossier(
        true_file(true_paper(BIRTH, 1, gender="Nam"), true_paper(NOTICE, 2, gender="Nam"), pages=("", ""))
    )
    read = read_dossier(read_file(read_paper(BIRTH, 1, 2, gender="Nam"), pages=("", "")))
    first, second = pair_papers(truth, read)
    assert first.read is not None
    assert second.read is None
    figures = measure([(truth, read)])
    assert figures["kinds"]["top1"]["value"] == 0.5
    assert figures["kinds"]["whole_papers"]["value"] == 0.0
    assert figures["kinds"]["confusions"] == [{"truth": NOTICE.value, "read": BIRTH.value, "count": 1}]
    assert figures["fields"]["exact"]["recall"]["value"] == 0.5


def test_an_abstention_counts_apart() -> None:
    truth = true_dossier(true_file(true_paper(BIRTH)), true_file(true_paper(NOTICE), name="2.pdf"))
    read = read_dossier(read_file(read_paper(BIRTH)), read_file(read_paper(BIRTH, decided=False)))
    kinds = measure([(truth, read)])["kinds"]
    assert (kinds["top1"]["value"], kinds["decided"]["value"], kinds["right_where_decided"]["value"]) == (0.5, 0.5, 1.0)


def test_the_list_of_missing_papers_is_right_or_not() -> None:
    assert same_list((NOTICE,), (frozenset({NOTICE, BIRTH}),))
    assert same_list((FRONT,), (frozenset({FRONT, BACK}),))
    assert not same_list((NOTICE,), ())
    assert not same_list((), (frozenset({NOTICE}),))


def test_text_is_measured_page_by_page() -> None:
    truth = true_dossier(true_file(true_paper(BIRTH), pages=("abcde fghij",)))
    figures = measure([(truth, read_dossier(read_file(read_paper(BIRTH), pages=("abcde fghiX",))))])
    assert figures["text"]["cer"]["value"] == round(1 / 11, 4)
    assert figures["text"]["wer"]["value"] == 0.5
    assert figures["by_degradation"]["scan"]["kind_top1"]["value"] == 1.0


def test_a_contradiction_is_found_by_its_fact_and_files() -> None:
    truth = TrueContradiction("mother_name", frozenset({"1.pdf", "2.jpg"}), frozenset({"A B", "A C"}))
    read = ContradictionOutcome("full_name", frozenset({"1.pdf", "2.jpg", "3.jpg"}), frozenset({"A B", "A D"}))
    assert matches(truth, read)
    assert not matches(truth, replace(read, files=frozenset({"1.pdf"})))
    assert not matches(truth, replace(read, field="gender"))
