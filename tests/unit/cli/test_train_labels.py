"""What `motcua train --labels` learns from officers, how it measures, and what its card says."""

from datetime import UTC, datetime

import pytest

from services.cli.train_labels import measure_words, tags_of, write_labels_card
from services.dossier.kinds import PaperKind
from services.extract.labeller import shipped_labeller
from services.extract.learn_labels import NOBODY, make_tagged_lesson
from services.storage.confirmations import Confirmation
from tests.builders.pages import page_from

PAGE = page_from("BẰNG TỐT NGHIỆP\nAi khai Lý Minh Hoa\nSinh 02/03/1990")


def said(name: str, value: str, line: int, words: slice) -> Confirmation:
    inside = [word.box for word in PAGE.lines[line].words[words]]
    box = [inside[0].left, inside[0].top, inside[-1].right, inside[-1].bottom]
    return Confirmation(
        1, 1, name, "diploma", value, value, value, 0.5, "ocr", 1, 1, box, "officer", datetime(2026, 11, 24, tzinfo=UTC)
    )


def test_words_in_the_box_of_a_confirmed_value_are_that_value() -> None:
    tags = tags_of([PAGE], [said("full_name", "Lý Minh Hoa", 1, slice(2, 5))])
    assert tags == {(1, 1, 1, place): "full_name" for place in (2, 3, 4)}


@pytest.mark.parametrize("value", ["Mã Văn Đạt", ""])
def test_a_box_in_which_another_value_stands_teaches_nothing(value: str) -> None:
    assert tags_of([PAGE], [said("full_name", value, 1, slice(2, 5))]) == {}


def test_words_of_which_no_officer_spoke_are_not_told_to_be_nothing() -> None:
    tags = tags_of([PAGE], [said("date_of_birth", "1990-03-02", 2, slice(1, 2))])
    lesson = make_tagged_lesson(PaperKind.DIPLOMA, [PAGE], tags, whole=False)
    assert lesson is not None
    assert (lesson.what == NOBODY).sum() == len(lesson.what) - 1


def test_the_card_tells_both_models_on_both_splits() -> None:
    lesson = make_tagged_lesson(PaperKind.DIPLOMA, [PAGE], {(1, 1, 1, 2): "full_name"})
    assert lesson is not None
    figures = measure_words(shipped_labeller(), [lesson])
    assert figures["words"] == 1
    both = {"eval": figures, "wild": figures}
    card = write_labels_card({"new": both, "old": None, "papers": 3, "seed": 1, "confirmed": 2}, "2026-11-24")
    assert "--papers 3 --seed 1" in card
    assert "2 papers of which officers confirmed" in card
    assert "| forms as nobody prints them, f1 |" in card
