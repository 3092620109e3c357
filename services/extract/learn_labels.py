"""Learns the labeller from papers whose words carry the fields they belong to (Adam, Kingma and Ba 2015)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Page
from services.extract.labelled import CONCEPTS, PARTIES, asked_of, part_field
from services.extract.labeller import (
    HIDDEN,
    WIDTH,
    Floats,
    Labeller,
    look_up,
    masked,
    scale_of,
    shapes_of,
    with_neighbours,
)  # fmt: skip
from services.extract.level import Tilt
from services.extract.rows import lay_out
from services.extract.tokens import KINDS, OFFSETS, SPANS, Tokens, tokens_of

RATE, DECAYS, TINY = 2.5e-3, (0.9, 0.99), 1e-8
BATCH = 4  # papers
DROPPED = 0.25  # share of words whose letters are hidden from the model while it learns
NOBODY = -1


@dataclass(frozen=True, slots=True)
class TaggedLesson:
    """A paper's words with what (place in CONCEPTS) and whose (place in PARTIES, -1 for no value) each is."""

    kind: PaperKind
    tokens: Tokens
    what: NDArray[np.int32]
    whose: NDArray[np.int32]


Tags = Mapping[tuple[int, int, int, int], str]
"""The field of a word, by document, page, line and place in the line, all but the page from 0 up as they stand."""


def make_tagged_lesson(
    kind: PaperKind, pages: Sequence[Page], tags: Tags, *, whole: bool = True
) -> TaggedLesson | None:
    """The lesson of a paper; `whole`: a word without a tag is of no value, else nobody knows what it is."""
    sheet = lay_out(pages)
    tokens = tokens_of(sheet)
    if tokens is None:
        return None
    seen = {(page.document, page.number): page for page in pages}
    boxes: dict[tuple[int, int], list[tuple[Box, str]]] = {}
    for (document, number, line, place), field in tags.items():
        box = seen[document, number].lines[line].words[place].box
        boxes.setdefault((document, number), []).append((box, field))
    what, whose = [], []
    for segment in sheet.segments:
        tilt = sheet.tilts[segment.page.document, segment.page.number]
        own = boxes.get((segment.page.document, segment.page.number), [])
        for piece in segment.pieces:
            at = tilt.back(piece.box) if tilt != Tilt() else piece.box
            x, y = (at.left + at.right) / 2, (at.top + at.bottom) / 2
            field = next((f for box, f in own if box.left <= x <= box.right and box.top <= y <= box.bottom), "")
            party, concept = part_field(field) if field else ("", "")
            what.append(CONCEPTS.index(concept) if field or whole else NOBODY)
            whose.append(PARTIES.index(party) if field else NOBODY)
    return TaggedLesson(kind, tokens, np.array(what, np.int32), np.array(whose, np.int32))


def start_weights(seed: int) -> Labeller:
    """Small random weights."""
    chance = np.random.default_rng(seed)
    tables = {}
    for name, (rows, columns) in shapes_of().items():
        scale = 0.1 if name in {"words", "shapes"} else 0.0 if name == "kinds" else np.sqrt(2 / rows)
        tables[name] = (chance.standard_normal((rows, columns)) * scale).astype(np.float32)
    return Labeller(**tables)


def learn_labels(lessons: Sequence[TaggedLesson], rounds: int, seed: int = 7) -> Labeller:
    """The model after so many rounds over the lessons; the same lessons give the same model."""
    chance = np.random.default_rng(seed)
    model = start_weights(seed)
    moments = {one.name: _Moments.of(getattr(model, one.name)) for one in fields(model)}
    total, step = rounds * -(-len(lessons) // BATCH), 0
    for _ in range(rounds):
        order = chance.permutation(len(lessons))
        for at in range(0, len(order), BATCH):
            step += 1
            slopes = _slopes(model, [lessons[n] for n in order[at : at + BATCH]], chance)
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-5
            for name, moment in moments.items():
                moment.step(getattr(model, name), slopes[name], rate, step)
    return model


@dataclass(slots=True)
class _Moments:
    """The running mean and mean square of a table's slopes."""

    mean: Floats
    square: Floats

    @classmethod
    def of(cls, weights: Floats) -> "_Moments":
        return cls(np.zeros_like(weights), np.zeros_like(weights))

    def step(self, weights: Floats, slope: Floats, rate: float, step: int) -> None:
        """One step of Adam, in place."""
        self.mean *= DECAYS[0]
        self.mean += (1 - DECAYS[0]) * slope
        self.square *= DECAYS[1]
        self.square += (1 - DECAYS[1]) * slope * slope
        own = self.mean / (1 - DECAYS[0] ** step)
        weights -= (rate * own / (np.sqrt(self.square / (1 - DECAYS[1] ** step)) + TINY)).astype(np.float32)


def _slopes(model: Labeller, lessons: Sequence[TaggedLesson], chance: np.random.Generator) -> dict[str, Floats]:
    """The slope of the loss for each table, summed over the words of some papers."""
    slopes = {one.name: np.zeros_like(getattr(model, one.name)) for one in fields(model)}
    words = sum(len(lesson.what) for lesson in lessons)
    for lesson in lessons:
        _add_slopes(model, lesson, slopes, words, chance)
    return slopes


def _add_slopes(
    model: Labeller, lesson: TaggedLesson, slopes: dict[str, Floats], words: int, chance: np.random.Generator
) -> None:
    tokens = _with_words_hidden(lesson.tokens, chance)
    kind = KINDS.index(lesson.kind)
    inputs = look_up(model, tokens)
    one = np.maximum(inputs @ model.first + model.kinds[kind], 0)
    kept = (chance.random(one.shape) > 0.15).astype(np.float32) / 0.85  # noqa: PLR2004 - dropout (Srivastava et al. 2014)
    one = one * kept
    wide = with_neighbours(one, tokens)
    two = np.maximum(wide @ model.second[:-1] + model.second[-1], 0)
    hidden = two + one
    asked = asked_of(lesson.kind)
    what = _error(hidden, model.what, [0, *asked.concepts], lesson.what) / words
    whose = _error(hidden, model.whose, list(asked.parties), lesson.whose) / words
    for name, error in (("what", what), ("whose", whose)):
        slopes[name][:-1] += hidden.T @ error
        slopes[name][-1] += error.sum(axis=0)
    back = what @ model.what[:-1].T + whose @ model.whose[:-1].T
    inner = back * (two > 0)
    slopes["second"][:-1] += wide.T @ inner
    slopes["second"][-1] += inner.sum(axis=0)
    spread = (inner @ model.second[:-1].T).reshape(len(one), 5, HIDDEN)
    gathered = np.zeros((len(one) + 1, HIDDEN), np.float32)
    gathered[:-1] = back + spread[:, 0]
    for at, column in enumerate((1, 2, 3, 4), 1):
        np.add.at(gathered, tokens.near[:, column], spread[:, at])
    outer = gathered[:-1] * (one > 0) * kept
    slopes["first"] += inputs.T @ outer
    slopes["kinds"][kind] += outer.sum(axis=0)
    _to_words(tokens, outer @ model.first[: (1 + len(OFFSETS) + SPANS) * WIDTH].T, slopes)


def _with_words_hidden(tokens: Tokens, chance: np.random.Generator) -> Tokens:
    """The words with some of their letters hidden: the model must not hang on a wording alone."""
    hidden = chance.random(len(tokens.words)) < DROPPED
    last = np.int32(shapes_of()["words"][0] - 1)
    words, heads = np.where(hidden, last, tokens.words), np.where(hidden, last, tokens.heads)
    return Tokens(
        words.astype(np.int32), heads.astype(np.int32), tokens.shapes, tokens.near, tokens.spans, tokens.dense,
        tokens.segment, tokens.piece,
    )  # fmt: skip


def _error(hidden: Floats, weights: Floats, allowed: list[int], truth: NDArray[np.int32]) -> Floats:
    """Shares minus truth; nothing where there is no truth."""
    shares = np.exp(masked(hidden @ weights[:-1] + weights[-1], allowed))
    told = truth >= 0
    shares[np.arange(len(truth))[told], truth[told]] -= 1
    shares[~told] = 0
    return shares


def _to_words(tokens: Tokens, slope: Floats, slopes: dict[str, Floats]) -> None:
    """Back to the tables of words and shapes through the word itself, those near, and the spans."""
    count = len(tokens.words)
    parts = slope.reshape(count, 1 + len(OFFSETS) + SPANS, WIDTH)
    own = np.zeros((count + 1, WIDTH), np.float32)
    own[:-1] = parts[:, 0]
    for at in range(len(OFFSETS)):
        np.add.at(own, tokens.near[:, at], parts[:, 1 + at])
    ends = np.zeros((count + 1, WIDTH), np.float32)
    scaled = parts[:, 1 + len(OFFSETS) :] * scale_of(tokens)
    for at in range(SPANS):
        np.add.at(ends, tokens.spans[:, at, 0], scaled[:, at])
        np.add.at(ends, tokens.spans[:, at, 1], -scaled[:, at])
    own[:-1] += np.cumsum(ends, axis=0)[:-1]
    np.add.at(slopes["words"], tokens.words, own[:-1])
    np.add.at(slopes["words"], tokens.heads, own[:-1])
    np.add.at(slopes["shapes"], tokens.shapes, own[:-1])
    slopes["words"][-1] += own[-1]
