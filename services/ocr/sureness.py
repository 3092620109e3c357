"""How often a word read like this one is right: what the recogniser says of itself, made to mean something.

By itself it says too little of words whose accents the language model chose (four in five of those under 0.7 were
right) and too much of unknown ones. A logistic regression over what is known of a word was fitted on 13,694 words of
123 pages, printed and written, as `reader.onnx` reads them, and measured on others; docs/evaluation.md has the table.
Numbers keep what was fitted on the wheel's recogniser: fitted anew they were told no better on other pages. Fitted by
Newton's method with a ridge of 1; the features are not scaled.
"""

import re
from math import exp, log

from services.language.counts import Language

LEAST, MOST = 0.02, 0.9995
"""Probabilities are taken no nearer to 0 and 1 than this."""

START = -2.2
KNOWN, NUMBER, SIGNS, LONE = 1.98, 2.88, -3.27, -2.69
"""Added for a word of known syllables, for one with figures, for signs alone, for a single letter (log-odds)."""

FIGURE = -0.067
"""Added for every sign of a number: any of them may be wrong."""

BASE, BASE_OF_NUMBER = 0.552, 0.47
ACCENTS, ACCENTS_UNKNOWN = 0.27, 0.179
"""How much the recogniser's own log-odds count: of its least sure letter, of its least sure accent."""

_LETTERS = re.compile(r"[^\W\d_]+")


def share_right(text: str, base: float, accents: float, language: Language) -> float:
    """Probability that the word is right; `base` and `accents` are the recogniser's own (as `Spelt` has them)."""
    shown = sum(letter.isalnum() for letter in text)
    odds = START + (SIGNS if not shown else 0.0)
    if any(letter.isdigit() for letter in text):
        return _chance(odds + NUMBER + FIGURE * len(text) + BASE_OF_NUMBER * _log_odds(base))
    is_known = all(language.knows(run.lower()) for run in _LETTERS.findall(text))
    odds += (KNOWN if is_known else 0.0) + (LONE if shown == 1 else 0.0)
    return _chance(odds + BASE * _log_odds(base) + (ACCENTS if is_known else ACCENTS_UNKNOWN) * _log_odds(accents))


def _log_odds(chance: float) -> float:
    kept = min(max(chance, LEAST), MOST)
    return log(kept / (1 - kept))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
