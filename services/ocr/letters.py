"""What the recogniser saw, letter by letter, with the other accents it thought of.

CTC: the best class of every step, runs merged, blanks (class 0) dropped (Graves et al. 2006, "Connectionist Temporal
Classification"). A letter's other options are those of the eight best classes that differ in diacritics alone.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

LEAST = -7.0
"""Options less likely than the best letter by more than this (nats) are not options."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as seen; `options` are (letter, log-probability against the best), the best first with 0.

    `sure` is the probability of the base letter whatever its diacritics; `first` and `last` are recogniser steps.
    """

    options: tuple[tuple[str, float], ...]
    sure: float
    first: int
    last: int

    @property
    def best(self) -> str:
        """The letter the recogniser would have written by itself."""
        return self.options[0][0]


@dataclass(frozen=True, slots=True)
class Steps:
    """The recogniser's answer for one line: shapes (steps,), (steps, 8) log-probabilities, (steps, 8) classes."""

    best: NDArray[np.int64]
    values: NDArray[np.float32]
    classes: NDArray[np.int64]


@cache
def base_letter(letter: str) -> str:
    """The letter without diacritics, case kept: `Ố` gives `O`, `đ` gives `d`."""
    plain = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def letters_of(steps: Steps, charset: Sequence[str]) -> list[Letter]:
    """The letters of one line, in order."""
    runs = groupby(range(len(steps.best)), key=lambda step: int(steps.best[step]))
    return [_letter(steps, list(run), class_, charset) for class_, run in runs if class_]


def _letter(steps: Steps, run: list[int], class_: int, charset: Sequence[str]) -> Letter:
    best = charset[class_ - 1]
    found = {best: 0.0}
    if best.isalpha():
        for step in run:
            for value, other in zip(steps.values[step], steps.classes[step], strict=True):
                letter = charset[other - 1] if other else ""
                if letter and letter != best and base_letter(letter) == base_letter(best):
                    found[letter] = max(found.get(letter, LEAST), float(value - steps.values[step][0]))
    options = tuple((letter, value) for letter, value in found.items() if value > LEAST or letter == best)
    peak = max(run, key=lambda step: float(steps.values[step][0]))
    return Letter(options, _sure(steps, peak, best, charset), run[0], run[-1])


def _sure(steps: Steps, peak: int, best: str, charset: Sequence[str]) -> float:
    base = base_letter(best)
    same = [
        float(value)
        for value, other in zip(steps.values[peak], steps.classes[peak], strict=True)
        if other and base_letter(charset[other - 1]) == base
    ]
    return min(1.0, float(np.exp(same).sum()))
