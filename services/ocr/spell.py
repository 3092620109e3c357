"""Letters as words: the language model chooses between accents where the recogniser hesitates, and only there.

Base letters, capitals, digits and signs stay as they were seen. Addresses, numbers with letters and the signs of
documents (`12/2026/UBND-VP`) are codes and are taken as seen. A beam search over the line (Viterbi with at most eight
histories) adds the recogniser's log-probability and `WEIGHT` times the language model's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import exp

from services.language.counts import NUMBER, START, Language
from services.ocr.letters import LEAST, LEAST_OF_NAMES, Letter
from services.ocr.shapes import with_shapes
from services.ocr.signs import with_signs
from services.ocr.spacing import is_torn, missing_spaces
from services.ocr.sureness import share_right

WEIGHT = 1.0
SPELLINGS = 16
HISTORIES = 8
ENDS_A_SENTENCE = ".;:()"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word as decided: its text, how often such a word is right (0–1), and its first and last step.

    Confidence in two parts: `base` of its least sure letter whatever its accents, `accents` of its least sure accent.
    """

    text: str
    confidence: float
    first: int
    last: int
    base: float
    accents: float


@dataclass(frozen=True, slots=True)
class _History:
    score: float
    before: str
    runs: tuple[str, ...]


def spell_line(letters: Sequence[Letter], language: Language | None) -> list[Spelt]:
    """The words of a line; without a language model just as seen."""
    words = [list(run) for blank, run in groupby(letters, key=lambda letter: letter.best == " ") if not blank]
    words = words if language is None else _mended(words, language)
    runs = [run for word in words for run in _runs_of(word)]
    chosen = [_as_seen(run) for run in runs] if language is None else _search(runs, language)
    spelt = iter(zip(runs, chosen, strict=True))
    parts = [(word, [next(spelt) for _ in _runs_of(word)]) for word in words]
    return [one for word, chosen in parts for one in _part(word, "".join(text for _, text in chosen), language)]


def _mended(words: list[list[Letter]], language: Language) -> list[list[Letter]]:
    """Words of the recogniser's own spelling put together where torn, then parted where joined."""
    found: list[list[Letter]] = []
    for word in words:
        if found and is_torn(_text(found[-1]), _text(word), language):
            found[-1] = found[-1] + word
        else:
            found.append(word)
    return [word[start:end] for word in found for start, end in _parts(word, _text(word), language)]


def _parts(word: list[Letter], text: str, language: Language | None) -> Iterator[tuple[int, int]]:
    whites = [letter.white for letter in word]
    return pairwise([0, *(missing_spaces(text, language, whites) if language else ()), len(word)])


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.best for letter in letters)


Run = tuple[list[Letter], bool]
"""Letters that are spelt together, and whether the language model may choose among their accents."""


def _runs_of(word: list[Letter]) -> list[Run]:
    text = _text(word)
    runs, start = [], 0
    for is_alpha, group in groupby(word, key=lambda letter: letter.best.isalpha()):
        run = list(group)
        runs.append((run, is_alpha and not _is_code(text, start, start + len(run))))
        start += len(run)
    return runs


def _is_code(word: str, start: int, end: int) -> bool:
    """Whether the letters of a word from `start` to `end` are part of an address, a number or a document's sign."""
    if "@" in word or "_" in word:
        return True
    beside = word[max(0, start - 1) : start] + word[end : end + 1]
    is_sign = "/" in word and any(letter.isdigit() for letter in word)
    return any(letter.isdigit() for letter in beside) or (is_sign and word[start:end].isupper())


def _as_seen(run: Run) -> str:
    return _text(run[0])


def _search(runs: Sequence[Run], language: Language) -> list[str]:
    histories = [_History(0.0, START, ())]
    for run in runs:
        if run[1]:
            histories = _extend(histories, _spellings(run[0]), language)
        else:
            histories = [_step_over(history, _as_seen(run)) for history in histories]
    return list(max(histories, key=lambda history: history.score).runs)


def _step_over(history: _History, text: str) -> _History:
    before = history.before
    if any(letter.isdigit() for letter in text):
        before = NUMBER
    elif any(letter in ENDS_A_SENTENCE for letter in text):
        before = START
    return _History(history.score, before, (*history.runs, text))


def _extend(histories: list[_History], spellings: list[tuple[str, float]], language: Language) -> list[_History]:
    if len(histories) == len(spellings) == 1:  # nothing to choose: most words end here
        text = spellings[0][0]
        return [_History(histories[0].score, text.lower(), (*histories[0].runs, text))]
    best: dict[str, _History] = {}
    for history in histories:
        for text, seen in spellings:
            lower = text.lower()
            score = history.score + seen + WEIGHT * language.score(history.before, lower)
            if lower not in best or score > best[lower].score:
                best[lower] = _History(score, lower, (*history.runs, text))
    return sorted(best.values(), key=lambda history: -history.score)[:HISTORIES]


def _spellings(letters: Sequence[Letter]) -> list[tuple[str, float]]:
    found = [("", 0.0)]
    least = LEAST_OF_NAMES if any(letter.best.isupper() for letter in letters) else LEAST
    for letter in letters:
        options = [option for option in letter.options if option[1] > least or option[0] == letter.best]
        if len(options) == 1:
            found = [(text + letter.best, score) for text, score in found]
            continue
        longer = [(text + option, score + cost) for text, score in found for option, cost in options]
        found = sorted(longer, key=lambda spelling: -spelling[1])[:SPELLINGS]
    return found


def _part(word: list[Letter], text: str, language: Language | None) -> list[Spelt]:
    return [_gather(word[start:end], text[start:end], language) for start, end in _parts(word, text, language)]


def _gather(letters: list[Letter], seen: str, language: Language | None) -> Spelt:
    shares = [_share(letter, written) for letter, written in zip(letters, seen, strict=True)]
    base, accents = min(letter.sure for letter in letters), min(shares)
    text = with_signs(with_shapes(seen))
    sure = share_right(text, base, accents, language) if language else base * accents
    return Spelt(text, sure, letters[0].first, letters[-1].last, base, accents)


def _share(letter: Letter, written: str) -> float:
    """The recogniser's own probability of the accent written, among those of the same base letter."""
    if len(letter.options) == 1:
        return 1.0
    total = sum(exp(cost) for _, cost in letter.options)
    return exp(dict(letter.options)[written]) / total
