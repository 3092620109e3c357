"""The whole training: questions, their candidates, two rankers (with and without vectors), and how sure each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.assistant.embed import Embedder
from services.assistant.features import SIGNALS, Features, gather_features
from services.assistant.index import Index
from services.assistant.question import Question, read_question
from services.assistant.ranker import Calibration, read_marks
from services.assistant.sparse import Numbers
from services.assistant.training.calibrate import fit_calibration
from services.assistant.training.fit import fit_ranker
from services.assistant.training.questions import RIGHT, Asked, ask_by_names, ask_by_phrases
from services.assistant.training.styles import Style
from services.assistant.trees import Trees, pack_trees
from services.assistant.words import load_phrases
from services.catalogue.national import load_national

HARDEST = 26
"""Wrong candidates of a question that are learnt from."""

CALIBRATED_SHARE = 3
"""Every third question is kept from a first ranker, which then shows how sure it may be of questions never seen."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with its candidates: `grades` in their order, all 0 when no procedure is meant."""

    asked: Asked
    question: Question
    features: Features
    grades: tuple[int, ...]

    @property
    def kept_apart(self) -> bool:
        """Whether this question is for calibration; all that was made of one phrase stays together."""
        source = str(self.asked.hidden) if self.asked.hidden is not None else min(self.asked.grades, default="")
        return crc32(source.encode()) % CALIBRATED_SHARE == 0


def learn(index: Index, embedder: Embedder | None, strangers: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Both rankers as arrays; `strangers` are questions about no procedure, for calibration only."""
    asked = [*ask_by_phrases(load_phrases()), *ask_by_names(load_national())]
    questions = [read_question(one.text) for one in asked]
    unknown = [read_question(text) for text in strangers]
    arrays: dict[str, NDArray[Any]] = {}
    for prefix, vectors in (("", embedder), ("plain.", None)):
        lessons = gather_lessons(asked, questions, index, vectors)
        foreign = [_stranger(question, index, vectors) for question in unknown]
        trees, calibration = _learn_one(lessons, foreign)
        arrays |= {f"{prefix}{name}": value for name, value in pack_trees(trees).items()}
        arrays |= {f"{prefix}calibration.{name}": value for name, value in _plain(calibration).items()}
    return arrays


def gather_lessons(
    asked: Sequence[Asked], questions: Sequence[Question], index: Index, embedder: Embedder | None
) -> list[Lesson]:
    """Every question with its candidates and their grades; the phrase it was made of is hidden."""
    vectors = None if embedder is None else embedder.embed_questions([question.text for question in questions])
    rows = {code: at for at, code in enumerate(index.codes)}
    lessons = []
    for at, (one, question) in enumerate(zip(asked, questions, strict=True)):
        hidden = () if one.hidden is None else (one.hidden,)
        features = gather_features(question, None if vectors is None else vectors[at], index, hidden)
        graded = {rows[code]: grade for code, grade in one.grades.items()}
        lessons.append(Lesson(one, question, features, tuple(graded.get(int(row), 0) for row in features.rows)))
    return lessons


def _learn_one(lessons: Sequence[Lesson], strangers: Sequence[Lesson]) -> tuple[Trees, Calibration]:
    first = _fit([lesson for lesson in lessons if not lesson.kept_apart])
    judged = [lesson for lesson in lessons if lesson.kept_apart and len(lesson.grades)] + list(strangers)
    marks, right = zip(*(_judge(lesson, first) for lesson in judged), strict=True)
    return _fit(lessons), fit_calibration(np.stack(marks), np.array(right, np.float32))


def _fit(lessons: Sequence[Lesson]) -> Trees:
    useful = [lesson for lesson in lessons if RIGHT in lesson.grades]
    kept = [_hardest(lesson) for lesson in useful]
    return fit_ranker(
        np.concatenate([lesson.features.values[rows] for lesson, rows in zip(useful, kept, strict=True)]),
        [lesson.grades[row] for lesson, rows in zip(useful, kept, strict=True) for row in rows],
        [len(rows) for rows in kept],
        [lesson.asked.weight for lesson, rows in zip(useful, kept, strict=True) for _ in rows],
    )


def _hardest(lesson: Lesson) -> list[int]:
    """The graded candidates and those that look most like them: the rest teaches nothing."""
    shares = lesson.features.values[:, len(SIGNALS) : 2 * len(SIGNALS)].sum(axis=1)
    graded = [at for at, grade in enumerate(lesson.grades) if grade]
    return sorted({*graded, *np.argsort(-shares)[:HARDEST].tolist()})


def _judge(lesson: Lesson, trees: Trees) -> tuple[Numbers, float]:
    scores = trees.score(lesson.features.values)
    order = np.argsort(-scores, kind="stable").astype(np.int32)
    marks = read_marks(scores, order, lesson.features.values, len(lesson.question.matter))
    return marks, float(lesson.grades[order[0]] == RIGHT)


def _stranger(question: Question, index: Index, embedder: Embedder | None) -> Lesson:
    vector = None if embedder is None else embedder.embed_questions([question.text])[0]
    features = gather_features(question, vector, index)
    return Lesson(Asked(question.text, {}, None, Style.PLAIN), question, features, (0,) * len(features.rows))


def _plain(calibration: Calibration) -> Mapping[str, NDArray[Any]]:
    return {
        "middle": calibration.middle,
        "spread": calibration.spread,
        "weights": calibration.weights,
        "bias": np.array(calibration.bias, np.float32),
    }
