"""A question as typed, made ready for the search: spelt out, its accents put back, its matter parted from the rest."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from services.assistant.words import load_book, load_phrases
from services.language.counts import Language, unpack_language
from services.language.fold import fold, words_of
from services.language.restore import Lexicon, build_lexicon, is_marked, restore
from services.language.slang import spell_out

LONGEST = 60
"""Words of a question that are read; what matters stands at its beginning."""

LONGEST_WORD = 30
"""Letters of a word that are read: words typed without blanks are parted, which takes its time."""

ENGLISH_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """`words`: what was typed, spelt out, with accents; `english`: its language.

    `matter`: the folded words that say what it is about, `accented` the same with accents; `added`: folded words of the
    catalogue for what people call it.
    """

    words: tuple[str, ...]
    matter: tuple[str, ...]
    accented: tuple[str, ...]
    added: tuple[str, ...]
    english: bool

    @property
    def text(self) -> str:
        """The question in words, for an embedder."""
        return " ".join(self.words)


@lru_cache(maxsize=256)
def read_question(text: str) -> Question:
    """A question (any spelling, Vietnamese or English) ready for the search."""
    typed = [word[:LONGEST_WORD] for word in words_of(text)[:LONGEST]]
    if is_english(typed):
        return _read_english(typed)
    # short forms are spelt out with accents: whether accents were typed is asked before
    words = restore(spell_out(typed), *_load_speller(), marked=is_marked(typed)) if typed else []
    kept = _matter(words, tuple(load_book("fillers.toml")["phrases"]))
    accented = tuple(words[at] for at in kept)
    return Question(tuple(words), tuple(map(fold, accented)), accented, _look_up(accented, "synonyms.toml"), False)


def is_english(words: list[str]) -> bool:
    """Whether most words are English words and not Vietnamese letters."""
    known = _english_words()
    hits = sum(word in known for word in words)
    marked = any(word != fold(word) for word in words)
    return bool(words) and not marked and hits / len(words) >= ENGLISH_SHARE


def _read_english(typed: list[str]) -> Question:
    kept = _matter(typed, tuple(load_book("fillers.toml")["english"]))
    matter = tuple(typed[at] for at in kept)
    return Question(tuple(typed), matter, matter, _look_up(tuple(typed), "english.toml"), True)


def terms_of(words: tuple[str, ...] | list[str]) -> list[str]:
    """Words and pairs of them."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def letters_of(words: tuple[str, ...] | list[str]) -> list[str]:
    """Runs of three letters of words, with their edges."""
    text = " " + " ".join(words) + " "
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _matter(words: list[str], fillers: tuple[str, ...]) -> list[int]:
    """The places of the words that are no filler; all places when nothing else is left."""
    phrases = _as_words(fillers)
    free = [True] * len(words)
    at = 0
    while at < len(words):
        length = next((size for size in range(6, 0, -1) if tuple(words[at : at + size]) in phrases), 0)
        free[at : at + length] = [False] * length
        at += max(length, 1)
    kept = [at for at in range(len(words)) if free[at]]
    return kept or list(range(len(words)))


@cache
def _as_words(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


def _look_up(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    book, found, at = load_book(name), list[str](), 0
    while at < len(words):
        size = next((size for size in range(4, 0, -1) if " ".join(words[at : at + size]) in book), 0)
        if size:
            found += fold(book[" ".join(words[at : at + size])]).split()
        at += max(size, 1)
    return tuple(found)


@cache
def _english_words() -> frozenset[str]:
    phrases = [phrase.text for phrase in load_phrases() if phrase.english]
    found = {word for text in (*phrases, *load_book("english.toml"), *load_book("fillers.toml")["english"])
             for word in words_of(text)}  # fmt: skip
    return frozenset(found)


@cache
def _load_speller() -> tuple[Language, Lexicon]:
    language = unpack_language((files("services.assistant") / "asking.bin").read_bytes())
    return language, build_lexicon(language.syllables())
