"""The whole training: questions, their candidates, two rankers (with and without vectors), and how sure each is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.assistant.embed import Embedder
from services.assistant.features import SIGNALS, Features, gather_features, leave_out, leave_vectors_out
from services.assistant.index import Index, load_index
from services.assistant.question import Question, read_question
from services.assistant.ranker import Calibration, pack_calibration, read_marks
from services.assistant.sparse import Numbers
from services.assistant.training.calibrate import Judged, fit_calibration
from services.assistant.training.fit import fit_ranker
from services.assistant.training.people import Told
from services.assistant.training.questions import RIGHT, Asked, ask_by_names, ask_by_phrases
from services.assistant.training.styles import Style
from services.assistant.trees import Trees, pack_trees
from services.assistant.words import load_phrases
from services.catalogue.national import load_national
from services.language.fold import words_of

HARDEST = 26
"""Wrong candidates of a question that are learnt from."""

CALIBRATED_SHARE = 3
"""Every third question is kept from a first ranker, which then shows how sure it may be of questions never seen."""


ABSENT = 0.1
"""How much a question whose procedure was left out counts beside the question itself, each of two such times."""

ALIKE = 0.6
"""From this share of common words on, two names are of one family."""


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


def learn(
    index: Index, embedder: Embedder | None, strangers: Sequence[str], told: Sequence[Told] = ()
) -> dict[str, NDArray[Any]]:
    """Both rankers as arrays; `strangers` are questions about no procedure, `told` those of people: both only for
    how sure a first candidate is."""
    asked = [*ask_by_phrases(load_phrases()), *ask_by_names(load_national())]
    questions = [read_question(one.text) for one in asked]
    unknown = [read_question(text) for text in strangers]
    lessons = gather_lessons(asked, questions, index, embedder)
    foreign = [_stranger(question, index, embedder) for question in unknown]
    return learn_both(lessons, foreign, [read_told(one, index, embedder) for one in told])


def learn_both(
    lessons: Sequence[Lesson], foreign: Sequence[Lesson], people: Sequence[Lesson]
) -> dict[str, NDArray[Any]]:
    """The ranker for a machine with an embedder and that for one without, as arrays."""
    arrays: dict[str, NDArray[Any]] = {}
    parts = (lessons, foreign, people)
    for prefix, seen in (("", parts), ("plain.", tuple(map(_without_vectors, parts)))):
        trees, calibration = _learn_one(*([one for one in part if len(one.grades)] for part in seen))
        arrays |= {f"{prefix}{name}": value for name, value in pack_trees(trees).items()}
        arrays |= {f"{prefix}calibration.{name}": value for name, value in pack_calibration(calibration).items()}
    return arrays


def _without_vectors(lessons: Sequence[Lesson]) -> list[Lesson]:
    """The same questions on a machine without an embedder."""
    found = []
    for lesson in lessons:
        features = leave_vectors_out(lesson.features)
        grade = dict(zip(lesson.features.rows.tolist(), lesson.grades, strict=True))
        found.append(replace(lesson, features=features, grades=tuple(grade[row] for row in features.rows.tolist())))
    return found


def read_told(told: Told, index: Index, embedder: Embedder | None) -> Lesson:
    """What somebody asked with its candidates."""
    lesson = _stranger(read_question(told.text), index, embedder)
    grades = tuple(RIGHT if index.codes[row] in told.codes else 0 for row in lesson.features.rows)
    return replace(lesson, asked=replace(lesson.asked, weight=told.weight), grades=grades)


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


def _learn_one(
    lessons: Sequence[Lesson], strangers: Sequence[Lesson], people: Sequence[Lesson]
) -> tuple[Trees, Calibration]:
    drawn = judge_drawn(lessons, strangers)
    trees = fit_trees(lessons)
    asked = judge_all([(lesson, lesson.asked.weight) for lesson in people], trees) if people else None
    return trees, fit_calibration(drawn, asked)


def judge_drawn(lessons: Sequence[Lesson], strangers: Sequence[Lesson]) -> Judged:
    """What a ranker that did not learn from them makes of a third of the lessons, and of what nothing fits."""
    first = fit_trees([lesson for lesson in lessons if not lesson.kept_apart])
    apart = [lesson for lesson in lessons if lesson.kept_apart and len(lesson.grades)]
    judged = [(lesson, lesson.asked.weight) for lesson in [*apart, *strangers]]
    judged += [(without, lesson.asked.weight * ABSENT) for lesson in apart for without in leave_gold_out(lesson)]
    return judge_all(judged, first)


def judge_all(lessons: Sequence[tuple[Lesson, float]], trees: Trees) -> Judged:
    """The marks of every first candidate and whether it was right; each lesson with its weight."""
    marks, right = zip(*(_judge(lesson, trees) for lesson, _ in lessons), strict=True)
    weights = np.array([weight for _, weight in lessons], np.float32)
    return Judged(np.stack(marks), np.array(right, np.float32), weights)


def leave_gold_out(lesson: Lesson) -> list[Lesson]:
    """The question as it would be if the catalogue did not hold what it means; then without what is named alike, too.

    It is still a question for an office, in an office's words: what a citizen asks when no procedure fits.
    """
    names = load_index().names
    gold = {int(row) for row, grade in zip(lesson.features.rows, lesson.grades, strict=True) if grade}
    words = {int(row): frozenset(words_of(names[row])) for row in lesson.features.rows}
    kin = {row for row in words for one in gold if _likeness(words[row], words[one]) >= ALIKE}
    left = [leave_out(lesson.features, gone) for gone in (gold, gold | kin) if gold]
    return [replace(lesson, features=one, grades=(0,) * len(one.rows)) for one in left if len(one.rows)]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def fit_trees(lessons: Sequence[Lesson]) -> Trees:
    """The ranker of these lessons."""
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
    marks = read_marks(scores, order, lesson.features.values)
    return marks, float(lesson.grades[order[0]] == RIGHT)


def _stranger(question: Question, index: Index, embedder: Embedder | None) -> Lesson:
    vector = None if embedder is None else embedder.embed_questions([question.text])[0]
    features = gather_features(question, vector, index)
    return Lesson(Asked(question.text, {}, None, Style.PLAIN), question, features, (0,) * len(features.rows))
