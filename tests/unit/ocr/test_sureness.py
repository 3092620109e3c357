"""A word's confidence is the share of such words that are right."""

from services.language.counts import load_language
from services.ocr.sureness import share_right

LANGUAGE = load_language()


def test_a_known_word_is_likelier_than_an_unknown_one_read_as_well() -> None:
    assert share_right("xác", 0.999, 0.9, LANGUAGE) > 0.95 > share_right("xcá", 0.999, 0.9, LANGUAGE)


def test_an_accent_the_language_model_chose_costs_little_and_a_doubtful_letter_much() -> None:
    assert share_right("nhận", 0.999, 0.05, LANGUAGE) > 0.9
    assert share_right("nhận", 0.3, 0.999, LANGUAGE) < share_right("nhận", 0.999, 0.05, LANGUAGE)


def test_a_long_number_is_less_sure_than_a_short_one_and_no_model_of_words_helps_it() -> None:
    assert share_right("020089676080", 0.9, 1.0, LANGUAGE) < share_right("12", 0.9, 1.0, LANGUAGE)
    assert share_right("020089676080", 0.5, 1.0, LANGUAGE) < 0.6


def test_lone_letters_and_signs_are_mostly_dirt() -> None:
    assert share_right("x", 0.9, 1.0, LANGUAGE) < 0.7
    assert share_right("*", 0.9, 1.0, LANGUAGE) < 0.7
    assert 0 < share_right("", 0.0, 0.0, LANGUAGE) < 1
