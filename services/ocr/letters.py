"""What the recogniser saw, letter by letter, with the other accents it thought of.

CTC: the best class of every step, runs merged, blanks (class 0) dropped (Graves et al. 2006, "Connectionist Temporal
Classification"). A letter's other options are those of the eight best classes that differ in diacritics alone.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import exp
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

LEAST = -11.0
"""Options less likely than the best letter by more than this (nats) are not options."""

LEAST_OF_NAMES = -7.0
"""The same for words with a capital: further down the language model turns rare names into common ones (`Phải` for
`Phai`); small words it puts right there (`về`, `lần`), as it knows which follow one another.
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as seen; `options` are (letter, log-probability against the best), the best first with 0.

    `sure` is the probability of the base letter whatever its diacritics; `first` and `last` are recogniser steps;
    `white` are the columns of its cut without ink between it and the next letter, where somebody looked.
    """

    options: tuple[tuple[str, float], ...]
    sure: float
    first: int
    last: int
    white: int = 0

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
    rows = zip(steps.best.tolist(), steps.values.tolist(), steps.classes.tolist(), strict=True)
    found, first = [], 0
    for class_, group in groupby(rows, key=itemgetter(0)):
        run = [(values, classes) for _, values, classes in group]
        if class_:
            found.append(_letter(run, charset[class_ - 1], first, charset))
        first += len(run)
    return found


Row = tuple[list[float], list[int]]
"""The likeliest classes of one step: their log-probabilities, the best first, and which they are."""


def _letter(run: list[Row], best: str, first: int, charset: Sequence[str]) -> Letter:
    base = base_letter(best)
    options = {best: 0.0}
    if best.isalpha():
        for values, classes in run:
            for value, other in zip(values, classes, strict=True):
                letter = charset[other - 1] if other else ""
                if letter and letter != best and base_letter(letter) == base:
                    options[letter] = max(options.get(letter, LEAST), value - values[0])
    likely = tuple((letter, value) for letter, value in options.items() if value > LEAST or letter == best)
    return Letter(likely, _sure(max(run), base, charset), first, first + len(run) - 1)


def _sure(peak: Row, base: str, charset: Sequence[str]) -> float:
    same = [exp(value) for value, other in zip(*peak, strict=True) if other and base_letter(charset[other - 1]) == base]
    return min(1.0, sum(same))
