"""The syllable counts a question is spelt by: official text, the names of procedures, and how people ask for them."""

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from itertools import pairwise

from services.assistant.words import load_book, load_phrases
from services.language.counts import NUMBER, START, Counts
from services.language.fold import words_of
from services.language.slang import spelt_out

PHRASE_WEIGHT, NAME_WEIGHT, FILLER_WEIGHT, TALK_WEIGHT = 600, 100, 2500, 3000
"""How often a phrase, a name, a filler or a sentence of talk counts: official text knows no coffee shops."""

RAREST_SYLLABLE, RAREST_PAIR = 10, 5
"""What official text must hold at least to stay: the rest is misprints and names."""


def merge_counts(official: Counts, names: Iterable[str]) -> Counts:
    """Official counts without the rarest, plus names, phrases and what stands around them."""
    singles = Counter({one: seen for one, seen in official.syllables.items() if seen >= RAREST_SYLLABLE})
    pairs = Counter({
        pair: seen
        for pair, seen in official.pairs.items()
        if seen >= RAREST_PAIR and all(one in singles or one.startswith("<") for one in pair)
    })  # fmt: skip
    fillers = load_book("fillers.toml")["phrases"]
    parts = ((_asked(), PHRASE_WEIGHT), (names, NAME_WEIGHT), (fillers, FILLER_WEIGHT), (_talk(), TALK_WEIGHT))
    for texts, weight in parts:
        for text in texts:
            words = [NUMBER if word.isdigit() else word for word in words_of(text) if word.isalnum()]
            singles.update(dict.fromkeys(words, weight))
            for pair in pairwise([START, *words]):
                pairs[pair] += weight
    return Counts(dict(singles), dict(pairs))


def _talk() -> list[str]:
    text = (files("services.assistant") / "talk.txt").read_text("utf-8")
    return [part for line in text.splitlines() if not line.startswith("#") for part in line.split(",")]


def _asked() -> list[str]:
    phrases = [phrase.text for phrase in load_phrases() if not phrase.english]
    return [*phrases, *load_book("synonyms.toml"), *spelt_out()]
