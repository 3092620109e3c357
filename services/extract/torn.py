"""Names torn inside a syllable (`Qu Ốc`): two pieces that are no words but are one together."""

from services.language.counts import load_language
from services.language.syllable import is_syllable

JOINED, TORN = 0.85, 0.6  # how far a name is believed whose pieces were put together, and one that is still in pieces
_PIECE = 2  # letters of a piece; one letter alone may stand for a name


def join_torn(name: str) -> str:
    """A person's name with torn syllables put together.

    Pieces are joined only where one of them cannot be a syllable and both together are one that Vietnamese has: the
    names of other languages and initials stay as they are.
    """
    out: list[str] = []
    for word in name.split(" "):
        if out and _are_one(out[-1], word):
            out[-1] = (out[-1] + word).capitalize()
        else:
            out.append(word)
    return " ".join(out)


def is_torn(name: str) -> bool:
    """Whether a piece of the name has no vowel, as no name has, but initials (one letter)."""
    return any(len(word) >= _PIECE and word.isalpha() and not _has_vowel(word) for word in name.split(" "))


def _has_vowel(word: str) -> bool:
    plain = word.lower()
    return any(letter not in "bcdđfghjklmnpqrstvwxz" for letter in (plain[:-1] if plain == "qu" else plain))


def _are_one(left: str, right: str) -> bool:
    whole = (left + right).lower()
    if not whole.isalpha() or not is_syllable(whole) or not load_language().knows(whole):
        return False
    broken = [piece for piece in (left, right) if not is_syllable(piece)]
    # a small letter where every word of a name begins with a capital goes on with the word before
    return any(len(piece) >= _PIECE for piece in broken) or (bool(broken) and right.islower())
