"""English words of forms in two languages: citizen cards, passports, papers of civil status and residence.

They are few and set by circulars, so one read with a wrong letter can be told; nothing else in English is touched.
"""

from functools import cache

from rapidfuzz.distance import Levenshtein

_WORDS = """
address and birth blood card chip citizen citizenship code country date day department ethnic ethnicity expiration
expiry father female finger fingerprint freedom from full gender given happiness hometown identification identity
independence index issue issuing left male month mother nam name nationality native number of origin other passport
permanent person personal place police president registration relationship religion republic residence right security
sex signature socialist surname temporary thumb to type valid viet year
"""
ENGLISH = frozenset(_WORDS.split())

LONG = 6
"""Letters: shorter words are one letter apart from too many others."""


def is_english(word: str) -> bool:
    """Whether a word (lower case) is on the list; its first letter may be an `l` taken for a capital I."""
    return word in ENGLISH or (word.startswith("l") and "i" + word[1:] in ENGLISH)


@cache
def nearest_english(word: str) -> str | None:
    """The one long word of the list that is a single letter away from this word (lower case), None where none is."""
    if len(word) < LONG - 1 or not word.isascii():
        return None
    near = [one for one in ENGLISH if len(one) >= LONG and Levenshtein.distance(one, word, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None
