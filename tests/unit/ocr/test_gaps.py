"""Spaces come from the picture where the recogniser wrote none, leaders are dots whatever they were taken for."""

import numpy as np
import pytest

from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.gaps import with_spaces
from services.ocr.leaders import as_leaders
from services.ocr.letters import Letter


def draw(
    text: str, widths: dict[int, int], *, low: frozenset[int] = frozenset(), letter: int = 8
) -> tuple[list[Letter], Ink]:
    """Letters as blocks of ink two columns apart, or as far as `widths` says after the letter of that index."""
    ink, letters, at = np.zeros((ROWS, 40 * len(text) + 80), np.float32), [], STEP * 2
    for index, sign in enumerate(text):
        if sign == " ":
            letters.append(Letter(((" ", 0.0),), 1.0, at // STEP, at // STEP))
            at += 10
            continue
        top = 57 if index in low else 42
        ink[top:60, at : at + letter] = 0.9
        step = (at + letter // 2) // STEP
        letters.append(Letter(((sign, 0.0),), 1.0, step, step))
        at += letter + widths.get(index, 2)
    return letters, ink


def text_of(letters: list[Letter]) -> str:
    return "".join(letter.best for letter in letters)


def test_a_gap_as_wide_as_the_spaces_of_the_line_is_a_space() -> None:
    letters, ink = draw("ngày cấp:Huế và Đà", {8: 10})
    assert text_of(with_spaces(letters, ink)) == "ngày cấp: Huế và Đà"


def test_a_line_without_a_space_learns_from_its_letters() -> None:
    letters, ink = draw("THỊDUYÊN", {2: 9})
    assert text_of(with_spaces(letters, ink)) == "THỊ DUYÊN"


def test_a_wide_set_face_is_not_torn_apart() -> None:
    letters, ink = draw("thôn Nà Pàn", dict.fromkeys(range(11), 5))
    assert text_of(with_spaces(letters, ink)) == "thôn Nà Pàn"


def test_figures_stand_wide_apart_and_stay_one_number() -> None:
    letters, ink = draw("số 20/11/2026 và số 211/GBT ở", {7: 9, 20: 9})
    assert text_of(with_spaces(letters, ink)) == "số 20/11/2026 và số 211/GBT ở"


def test_a_narrow_figure_is_not_torn_off_and_no_space_comes_before_a_comma() -> None:
    letters, ink = draw("ngày 05/03/2021 , Tày và", {13: 9, 14: 40})
    seen = [letter for at, letter in enumerate(letters) if at != 15]
    assert text_of(with_spaces(seen, ink)) == "ngày 05/03/2021, Tày và"


def test_letters_that_are_no_higher_than_a_dot_are_dots() -> None:
    letters, ink = draw("Tày uax", {3: 8}, low=frozenset({4, 5, 6}))
    assert text_of(as_leaders(letters, ink)) == "Tày ..."


def test_strokes_set_off_on_both_sides_keep_their_spaces() -> None:
    letters, ink = draw("sinh 14/11/1984 và 02/03", {6: 7, 7: 6, 9: 8, 10: 6, 20: 2, 21: 6})
    assert text_of(with_spaces(letters, ink)) == "sinh 14 / 11 / 1984 và 02/03"


def test_a_stroke_set_off_between_words_keeps_its_spaces_in_a_line_of_wide_columns() -> None:
    letters, ink = draw("Giới tính/Sex: Nam   Quốc", {8: 6, 9: 7})
    assert text_of(with_spaces(letters, ink)).startswith("Giới tính / Sex: Nam")
    letters, ink = draw("CCCD/CMND", dict.fromkeys(range(8), 5))  # a typewriter's letters
    assert text_of(with_spaces(letters, ink)) == "CCCD/CMND"


@pytest.mark.parametrize(
    ("seen", "balanced"),
    [
        ("Số /No.", "Số / No."),
        ("tính/ Sex", "tính / Sex"),
        ("cư trú/Place", "cư trú/Place"),
        ("Tự do -Hạnh phúc", "Tự do - Hạnh phúc"),
        ("-Lưu: VT", "- Lưu: VT"),
        ("12/ 2026", "12/ 2026"),
        ("TT-BTP", "TT-BTP"),
    ],
)
def test_a_stroke_stands_off_both_words_or_none(seen: str, balanced: str) -> None:
    letters, ink = draw(seen, {})
    assert text_of(with_spaces(letters, ink)) == balanced
