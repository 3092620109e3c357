"""Diacritics and spelling put back: what a hurried question most likely says, by a bigram model of syllables.

Every word has candidates: itself, syllables of the same letters with other accents, syllables of the same sound in
another region (`xinh`/`sinh`, `nấy`/`lấy`), one letter more, less or exchanged, two syllables written together, and
Telex keystrokes. The likeliest path of candidates wins (Viterbi 1967); a change costs more where the rest of the
question carries its accents.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.language.counts import NUMBER, START, Language
from services.language.fold import fold
from services.language.telex import decode_keys

MARKED_SHARE = 0.25
"""From this share of accented words on, a question counts as written with accents."""

ACCENT_ADDED, ACCENT_CHANGED, SOUND, EDITED, SPLIT, KEYS = -5.0, -7.0, -6.5, -7.0, -5.0, -1.0
"""What a change costs (nats)."""

KEPT = -10.0
"""A word typed with accents is never less likely than this (nats): the model does not know every word people do."""

MOST = 14
SHORTEST_EDIT, SHORTEST_PART = 3, 2
_SOUNDS = (("tr", "ch"), ("gi", "d"), ("r", "d"), ("s", "x"), ("l", "n"), ("y", "i"), ("v", "d"))
Candidates = list[tuple[tuple[str, ...], float]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known syllables by their folded letters, by their sound and by their letters with one left out."""

    by_fold: dict[str, tuple[str, ...]]
    by_sound: dict[str, tuple[str, ...]]
    by_gap: dict[str, tuple[str, ...]]


def build_lexicon(syllables: Iterable[str]) -> Lexicon:
    """The lexicon of syllables (lower case, NFC), commoner ones first."""
    by_fold: dict[str, list[str]] = {}
    for syllable in syllables:
        if syllable.isalpha():
            by_fold.setdefault(fold(syllable), []).append(syllable)
    by_sound: dict[str, list[str]] = {}
    by_gap: dict[str, list[str]] = {}
    for letters in by_fold:
        by_sound.setdefault(_sound(letters), []).append(letters)
        for gap in _gaps(letters):
            by_gap.setdefault(gap, []).append(letters)
    return Lexicon(
        {letters: tuple(found) for letters, found in by_fold.items()},
        {sound: tuple(found) for sound, found in by_sound.items()},
        {gap: tuple(found) for gap, found in by_gap.items()},
    )


def is_marked(words: list[str]) -> bool:
    """Whether words were typed with accents."""
    return sum(word != fold(word) for word in words) / max(len(words), 1) >= MARKED_SHARE


def restore(words: list[str], language: Language, lexicon: Lexicon, *, marked: bool) -> list[str]:
    """The words as they were most likely meant, with accents; `marked`: they were typed with accents."""
    paths: dict[str, tuple[float, tuple[str, ...]]] = {START: (0.0, ())}
    for word in words:
        candidates = _candidates_of(word, marked, lexicon)
        kept = word if marked or word != fold(word) else ""
        following: dict[str, tuple[float, tuple[str, ...]]] = {}
        for syllables, cost in candidates:
            best = max(
                (score + cost + _chain(before, syllables, language, kept), path)
                for before, (score, path) in paths.items()
            )
            last = NUMBER if syllables[-1].isdigit() else syllables[-1]
            if last not in following or best[0] > following[last][0]:
                following[last] = (best[0], (*best[1], *syllables))
        paths = following
    return list(max(paths.values())[1])


def _chain(before: str, syllables: tuple[str, ...], language: Language, kept: str) -> float:
    total = 0.0
    for syllable in syllables:
        score = language.score(before, syllable)
        total += max(score, KEPT) if syllable == kept else score
        before = syllable
    return total


def _candidates_of(word: str, marked: bool, lexicon: Lexicon) -> Candidates:
    letters = fold(word)
    if not letters.isalpha():
        keys = decode_keys(word)
        return [((word,), 0.0)] if keys is None or fold(keys) not in lexicon.by_fold else [((keys,), KEYS)]
    known = lexicon.by_fold.get(letters, ())
    found: dict[tuple[str, ...], float] = {}
    for syllable in known[:MOST]:
        found[syllable,] = _accent_cost(word, syllable, marked)
    if not known:
        found = dict(_repairs(word, letters, lexicon))
    for other in lexicon.by_sound.get(_sound(letters), ()):
        if other != letters:
            for syllable in lexicon.by_fold[other][:4]:
                cost = SOUND + (_accent_cost(word, syllable, marked) if not _same_marks(word, syllable) else 0.0)
                found.setdefault((syllable,), cost)
    found.setdefault((word,), 0.0)
    return list(found.items())


def _accent_cost(word: str, syllable: str, marked: bool) -> float:
    if word == syllable:
        return 0.0
    if word == fold(word):
        return ACCENT_ADDED if marked else 0.0
    return ACCENT_CHANGED


def _same_marks(word: str, syllable: str) -> bool:
    return word[-2:] == syllable[-2:]


def _repairs(word: str, letters: str, lexicon: Lexicon) -> Iterable[tuple[tuple[str, ...], float]]:
    keys = decode_keys(word)
    if keys is not None and keys in lexicon.by_fold.get(fold(keys), ()):
        yield (keys,), KEYS
    for cut in range(SHORTEST_PART, len(letters) - SHORTEST_PART + 1):
        first, second = lexicon.by_fold.get(letters[:cut], ()), lexicon.by_fold.get(letters[cut:], ())
        for one in first[:4]:
            for two in second[:4]:
                yield (one, two), SPLIT
    if len(letters) >= SHORTEST_EDIT:
        for near in _near(letters, lexicon):
            for syllable in lexicon.by_fold[near][:6]:
                yield (syllable,), EDITED


def _near(letters: str, lexicon: Lexicon) -> set[str]:
    """Known folded syllables one edit (a letter more, less or other, two exchanged) away."""
    found = set(lexicon.by_gap.get(letters, ()))
    for gap in _gaps(letters):
        if gap in lexicon.by_fold:
            found.add(gap)
        found.update(near for near in lexicon.by_gap.get(gap, ()) if len(near) == len(letters))
    return found


def _gaps(letters: str) -> set[str]:
    return {letters[:at] + letters[at + 1 :] for at in range(len(letters))} if len(letters) > 1 else set()


def _sound(letters: str) -> str:
    for seen, heard in _SOUNDS:
        if letters.startswith(seen):
            return heard + letters[len(seen) :].replace("y", "i")
    return letters.replace("y", "i")
