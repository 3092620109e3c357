"""Learns the model of kinds from labelled pages, and how much its probabilities may be believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.classify.features import BUCKETS, Features, hash_page
from services.classify.judge import weigh_evidence
from services.classify.model import KINDS, SHARE, KindModel, Weights
from services.dossier.kinds import PaperKind
from services.dossier.page import Page

ROUNDS = 3
RATE = 0.35
DECAY = 2e-6
"""How much a weight shrinks each time its feature is seen."""

TEMPERATURES = np.exp(np.linspace(np.log(0.15), np.log(4.0), 67))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page as the model sees it, and the kind it is."""

    features: Features
    evidence: Mapping[PaperKind, float]
    kind: PaperKind


def make_lesson(page: Page, kind: PaperKind) -> Lesson:
    """The lesson of one labelled page."""
    return Lesson(hash_page(page), weigh_evidence(page)[0], kind)


def learn(lessons: Sequence[Lesson], seed: int = 7) -> KindModel:
    """Weights learned on top of the evidence (Adagrad, Duchi et al. 2011); the same lessons give the same weights."""
    weights = np.zeros((len(KINDS), BUCKETS), np.float32)
    seen = np.full_like(weights, 1e-2)
    told = _told(lessons)
    answers = np.array([KINDS.index(lesson.kind) for lesson in lessons])
    share = np.bincount(answers, minlength=len(KINDS))
    importance = np.sqrt(len(lessons) / (len(KINDS) * np.maximum(share, 1)))
    chance = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        for at in chance.permutation(len(lessons)):
            if len(lessons[at].features):
                _step(weights, seen, lessons[at].features, _Answer(told[at], answers[at], importance[answers[at]]))
    return KindModel(weights)


def _told(lessons: Sequence[Lesson]) -> NDArray[np.float64]:
    return np.array([[SHARE * lesson.evidence.get(kind, 0.0) for kind in KINDS] for lesson in lessons])


@dataclass(frozen=True, slots=True)
class _Answer:
    told: NDArray[np.float64]
    kind: int
    importance: float


def _step(weights: Weights, seen: Weights, features: Features, answer: _Answer) -> None:
    length = np.sqrt(len(features))
    own = weights[:, features]
    logits = own.sum(axis=1) / length + answer.told
    error = np.exp(logits - logits.max())
    error /= error.sum()
    error[answer.kind] -= 1.0
    slope = ((answer.importance * error / length)[:, None] + DECAY * len(features) * own).astype(np.float32)
    gathered = seen[:, features] + slope * slope
    seen[:, features] = gathered
    weights[:, features] = own - RATE * slope / np.sqrt(gathered)


def calibrate(model: KindModel, held_out: Sequence[Lesson]) -> KindModel:
    """The temperature under which pages that were not learned from are least surprising (Guo et al. 2017)."""
    logits = np.array([model.logits(lesson.features, lesson.evidence) for lesson in held_out])
    answers = np.array([KINDS.index(lesson.kind) for lesson in held_out])
    losses = [_loss(logits / temperature, answers) for temperature in TEMPERATURES]
    return replace(model, temperature=round(float(TEMPERATURES[int(np.argmin(losses))]), 4))


def _loss(logits: NDArray[np.float64], answers: NDArray[np.int64]) -> float:
    top = logits.max(axis=1, keepdims=True)
    logs = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(answers)), answers].mean())
