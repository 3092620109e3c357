"""Letters of CTC steps, their accents, and the words the language model makes of them."""

import math

import numpy as np

from services.language.counting import add_counts, count_lines, grams_of
from services.language.counts import START, Counts, Language, pack_counts, unpack_language
from services.ocr.letters import Letter, Steps, base_letter, letters_of
from services.ocr.spell import spell_line

CHARSET = ("m", "a", "á", "y", "b")


def steps_of(*rows: tuple[tuple[int, float], ...]) -> Steps:
    """Each row: the best classes of a step with their probabilities, the best first."""
    classes = np.array([[class_ for class_, _ in row] for row in rows], np.int64)
    values = np.array([[math.log(chance) for _, chance in row] for row in rows], np.float32)
    return Steps(classes[:, 0], values, classes)


def language_of(*lines: str) -> Language:
    return unpack_language(pack_counts(count_lines(lines)))


def letter(*options: tuple[str, float], at: int = 0) -> Letter:
    return Letter(options, 0.9, at, at)


def test_runs_are_merged_blanks_dropped_and_accents_kept_as_options() -> None:
    first = ((1, 0.9), (5, 0.05))
    hesitant = ((2, 0.6), (3, 0.3))
    seen = letters_of(steps_of(first, first, ((0, 0.9), (1, 0.1)), hesitant), CHARSET)
    assert [item.best for item in seen] == ["m", "a"]
    assert (seen[0].first, seen[0].last) == (0, 1)
    assert seen[0].options == (("m", 0.0),)
    assert [name for name, _ in seen[1].options] == ["a", "á"]
    assert abs(seen[1].sure - 0.9) < 1e-6


def test_a_base_letter_keeps_its_case() -> None:
    assert [base_letter(one) for one in "ỐđĐạr"] == ["O", "d", "D", "a", "r"]


def test_the_language_chooses_the_accent_where_the_recogniser_hesitates() -> None:
    language = language_of(*(f"giấy phép xây dựng nhà số {number}" for number in range(9)))
    line = [*map(letter, [("x", 0.0)]), letter(("ă", 0.0), ("â", -0.5)), letter(("y", 0.0))]
    assert [word.text for word in spell_line(line, language)] == ["xây"]
    assert [word.text for word in spell_line(line, None)] == ["xăy"]


def test_digits_codes_and_base_letters_stay_as_seen() -> None:
    language = language_of(*(f"xây dựng tại tổ dân phố số {number}" for number in range(9)))
    code = [letter(("1", 0.0)), letter(("5", 0.0)), letter(("/", 0.0)), letter(("ă", 0.0), ("â", -0.1))]
    assert spell_line(code, language)[0].text == "15/ă"


def test_words_are_split_at_spaces_with_the_steps_they_stand_on() -> None:
    line = [letter(("t", 0.0), at=2), letter((" ", 0.0), at=5), letter(("ô", 0.0), at=7), letter(("i", 0.0), at=9)]
    words = spell_line(line, None)
    assert [(word.text, word.first, word.last) for word in words] == [("t", 2, 2), ("ôi", 7, 9)]
    assert all(0 < word.confidence <= 1 for word in words)


def test_packing_gives_the_same_bytes_and_loses_nothing() -> None:
    counts = count_lines(["đơn xin xác nhận tình trạng", "đơn đề nghị cấp giấy xác nhận"])
    assert pack_counts(counts) == pack_counts(counts)
    language = unpack_language(pack_counts(counts))
    assert language.knows("đơn")
    assert language.score(START, "đơn") > language.score(START, "nhận") > language.score(START, "chưa")


def test_lines_that_share_eight_words_with_an_evaluation_text_are_left_out() -> None:
    asked = "người dân nộp hồ sơ tại bộ phận một cửa"
    counts = count_lines([f"khi cần thì {asked}", "dòng khác không ai hỏi tới bao giờ"], frozenset(grams_of(asked)))
    assert "cửa" not in counts.syllables
    assert counts.syllables["hỏi"] == 1


def test_what_was_seen_once_in_all_is_dropped_from_the_sum() -> None:
    one = Counts({"a": 1, "b": 1}, {("a", "b"): 1})
    assert add_counts([one, Counts({"a": 1}, {})]) == Counts({"a": 2}, {})


def test_a_name_is_not_turned_into_a_commoner_word_far_from_what_was_seen() -> None:
    language = language_of(*(f"giấy phép phải nộp tại nhà số {number}" for number in range(9)))
    unlikely = letter(("a", 0.0), ("ả", -8.0))

    def spelt(first: str) -> str:
        line = [*map(letter, [(first, 0.0)]), letter(("h", 0.0)), unlikely, letter(("i", 0.0))]
        return spell_line(line, language)[0].text

    assert spelt("P") == "Phai"
    assert spelt("p") == "phải"
