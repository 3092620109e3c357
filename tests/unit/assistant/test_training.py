"""Questions to learn from, and how sure a first candidate is."""

from random import Random

import numpy as np

from services.assistant.features import SIGNALS, gather_features
from services.assistant.index import load_index
from services.assistant.question import read_question
from services.assistant.training.calibrate import Judged, fit_calibration
from services.assistant.training.questions import NEARLY, RIGHT, Asked, ask_by_names, ask_by_phrases
from services.assistant.training.run import Lesson, leave_gold_out
from services.assistant.training.styles import Style, dress, write_in
from services.assistant.words import Phrase, load_phrases
from services.catalogue.national import load_national
from services.language.fold import fold


def test_every_phrase_is_of_a_procedure_of_the_catalogue() -> None:
    assert {phrase.code for phrase in load_phrases()} <= set(load_national().codes)


def test_a_phrase_is_asked_plainly_and_in_a_style_and_hidden_from_itself() -> None:
    asked = list(ask_by_phrases((Phrase("1.001193", "vợ mới sinh con"),)))
    assert [one.hidden for one in asked] == [0, 0]
    assert "vợ mới sinh con" in asked[0].text
    assert asked[1].style is not Style.PLAIN


def test_the_same_phrase_gives_the_same_questions() -> None:
    phrases = (Phrase("1.001193", "vợ mới sinh con"),)
    assert [one.text for one in ask_by_phrases(phrases)] == [one.text for one in ask_by_phrases(phrases)]


def test_the_level_nearest_to_the_citizen_is_meant_when_none_is_named() -> None:
    graded = [one.grades for one in ask_by_names(load_national()) if one.grades.get("1.014064") == RIGHT]
    assert any(grades.get("2.001194") == NEARLY and grades.get("1.000757") == NEARLY for grades in graded)


def test_styles_write_as_people_type() -> None:
    assert write_in(Style.BARE, "Đăng ký", Random(1)) == "dang ky"
    assert write_in(Style.PLAIN, "Đăng ký", Random(1)) == "Đăng ký"
    assert "mat can cuoc" in fold(dress("mất căn cước", Random(3)))


def test_confidence_follows_how_often_marks_were_right() -> None:
    chance = np.random.default_rng(5)
    marks = chance.normal(size=(2000, 2)).astype(np.float32)
    right = (chance.random(2000) < 1 / (1 + np.exp(-2 * marks[:, 0]))).astype(np.float32)
    curve = fit_calibration(Judged(marks, right, np.ones(2000, np.float32)))
    assert curve.chance(np.array([2, 0], np.float32)) > 0.9
    assert abs(curve.chance(np.array([0, 0], np.float32)) - 0.5) < 0.15
    assert curve.chance(np.array([-2, 0], np.float32)) < 0.1


def test_a_question_whose_procedure_is_left_out_has_no_right_candidate_and_its_rivals_come_up() -> None:
    index = load_index()
    row = index.codes.index("1.001193")
    question = read_question("làm khai sinh cho con")
    features = gather_features(question, None, index)
    assert row in features.rows
    grades = tuple(RIGHT * int(one == row) for one in features.rows)
    lesson = Lesson(Asked("", {"1.001193": RIGHT}, None, Style.PLAIN), question, features, grades)
    alone, with_kin = leave_gold_out(lesson)
    assert row not in alone.features.rows
    assert len(with_kin.features.rows) < len(alone.features.rows) == len(features.rows) - 1
    assert not any(alone.grades)
    shares = alone.features.values[:, len(SIGNALS) : 2 * len(SIGNALS)].max(axis=0)
    assert shares[alone.features.values[:, : len(SIGNALS)].max(axis=0) > 0].min() == 1
