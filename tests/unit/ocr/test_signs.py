"""Signs outside the recogniser's character set come back where nothing else could stand there."""

import numpy as np
import pytest

from services.language.counts import load_language
from services.ocr.crops import ROWS, STEP
from services.ocr.letters import Letter
from services.ocr.signs import with_calls, with_raised, with_signs
from services.ocr.spacing import missing_spaces


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("ơnl", "ơn!"),
        ("không7", "không?"),
        ("nào2", "nào?"),
        ("(12l,", "[12],"),
        ("25*C", "25°C"),
        ("30o", "30°"),
        ("'đất", '"đất'),
        ("nhà',", 'nhà",'),
        ("..", "..."),
        (".,", "..."),
    ],
)
def test_a_sign_is_put_back(read: str, printed: str) -> None:
    assert with_signs(read) == printed


@pytest.mark.parametrize(
    "word", ["HỘI", "TÀI", "Email", "Full", "Mail", "tháng7", "(12)", "15'", "K'Brông", "(a)", "20", "25C", "l"]
)
def test_what_may_be_so_stays(word: str) -> None:
    assert with_signs(word) == word


def test_a_question_is_not_parted_from_its_mark() -> None:

    assert missing_spaces("không7", load_language()) == []


@pytest.mark.parametrize(("foot", "text"), [(48, "m²"), (57, "m2")])
def test_a_figure_above_the_foot_of_the_metre_is_raised(foot: int, text: str) -> None:
    ink = np.zeros((ROWS, 40), np.float32)
    ink[44:58, 4:12], ink[40:foot, 20:26] = 1, 1
    letters = [Letter((("m", 0.0),), 1.0, 8 // STEP, 8 // STEP), Letter((("2", 0.0),), 1.0, 22 // STEP, 22 // STEP)]
    assert "".join(letter.best for letter in with_raised(letters, ink)) == text


def test_a_narrow_raised_figure_is_looked_for_before_the_sign_that_follows() -> None:
    ink = np.zeros((ROWS, 48), np.float32)
    ink[44:58, 4:12], ink[40:48, 15:19], ink[40:60, 23:28] = 1, 1, 1
    letters = [Letter(((sign, 0.0),), 1.0, at, at) for sign, at in (("m", 2), ("2", 5), (")", 6))]
    assert "".join(letter.best for letter in with_raised(letters, ink)) == "m²)"


def test_a_quotation_closed_that_nobody_opened_is_a_call() -> None:
    assert with_calls([["Xin", "cảm", 'ơn"']]) == {(0, 2): "ơn!"}
    assert with_calls([['"Xin', "cảm"], ["các", 'ông"']]) == {}
    assert with_calls([['ông"', "và"], ["khổ", '15"']]) == {}
