"""The learned part: hashed pages, a model that learns, packs, loads and says how sure it is."""

import numpy as np
import pytest

from services.classify.features import BUCKETS, hash_page
from services.classify.judge import weigh_evidence
from services.classify.learn import Lesson, calibrate, learn, make_lesson
from services.classify.model import KINDS, KindModel, pack_model, shipped_model, unpack_model
from services.dossier.kinds import PaperKind
from tests.builders.pages import document_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE

BIRTH, NOTICE = PaperKind.BIRTH_REGISTRATION_DECLARATION, PaperKind.MEDICAL_BIRTH_CERTIFICATE


def lesson(text: str, kind: PaperKind) -> Lesson:
    return make_lesson(document_from(text).pages[0], kind)


def untitled(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if "SINH" not in line)


def test_a_page_hashes_to_the_same_buckets_whatever_its_marks_and_figures() -> None:
    one = hash_page(document_from("Số: 15/GBT\nHọ và tên: Nông Thị Hoa").pages[0])
    other = hash_page(document_from("So: 99/GBT\nHo va ten: Nong Thi Hoa").pages[0])
    assert np.array_equal(one, other)
    assert len(one) == len(set(one.tolist()))
    assert one.max() < BUCKETS
    assert len(hash_page(document_from("   ").pages[0])) == 0


def test_what_is_learned_tells_pages_that_have_lost_their_titles() -> None:
    lessons = [lesson(untitled(BIRTH_DECLARATION), BIRTH), lesson(untitled(BIRTH_NOTICE), NOTICE)] * 4
    blank = KindModel(np.zeros((len(KINDS), BUCKETS), np.float32))
    model = learn(lessons)
    seen = lesson(untitled(BIRTH_NOTICE), NOTICE)
    (kind, sure), *_ = model.judge(seen.features, seen.evidence)
    assert kind is NOTICE
    assert sure > dict(blank.judge(seen.features, seen.evidence))[NOTICE]


def test_the_same_lessons_give_the_same_model() -> None:
    lessons = [lesson(BIRTH_DECLARATION, BIRTH), lesson(BIRTH_NOTICE, NOTICE)]
    assert pack_model(learn(lessons)) == pack_model(learn(lessons))


def test_a_packed_model_judges_as_before_and_a_foreign_one_is_refused() -> None:
    model = unpack_model(pack_model(KindModel(learn([lesson(BIRTH_DECLARATION, BIRTH)] * 3).weights, 0.7)))
    again = unpack_model(pack_model(model))
    seen = lesson(BIRTH_DECLARATION, BIRTH)
    assert again.temperature == 0.7
    first, second = (dict(m.judge(seen.features, seen.evidence)) for m in (model, again))
    assert all(second[kind] == pytest.approx(share, abs=0.01) for kind, share in first.items())
    with pytest.raises(ValueError, match="other kinds"):
        unpack_model(pack_model(KindModel(np.zeros((len(KINDS), 8), np.float32))))


def test_calibration_doubts_a_model_that_is_often_wrong() -> None:
    wrong = [lesson(BIRTH_DECLARATION, NOTICE), lesson(BIRTH_DECLARATION, BIRTH)] * 5
    model = learn([lesson(BIRTH_DECLARATION, BIRTH)] * 10)
    assert calibrate(model, wrong).temperature > calibrate(model, wrong[1::2]).temperature


def test_the_shipped_model_knows_papers_without_their_title_lines() -> None:
    page = document_from(untitled(BIRTH_NOTICE)).pages[0]
    assert shipped_model().judge(hash_page(page), weigh_evidence(page)[0])[0][0] is NOTICE
