"""Telex and VNI keystrokes that no input method turned into letters: `dawng` for `đăng`, `gia61y` for `giấy`."""

import unicodedata

_TELEX = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_MARKS = {"6": "\u0302", "7": "\u031b", "8": "\u0306"}
_VOWELS = "aăâeêioôơuưy"


def decode_keys(word: str) -> str | None:
    """The syllable a word's keystrokes stand for, NFC; None when it holds no keystrokes."""
    return _decode_vni(word) if any(letter.isdigit() for letter in word) else _decode_telex(word)


def _decode_telex(word: str) -> str | None:
    tone = _TONES.get(word[-1:])
    body = word[:-1] if tone else word
    plain = body
    for keys, letter in _TELEX:
        body = body.replace(keys, letter)
    if (body == plain and tone is None) or not any(letter in _VOWELS for letter in body):
        return None
    return _place_tone(body, tone)


def _decode_vni(word: str) -> str | None:
    letters: list[str] = []
    tone = None
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9" and "d" in letters:
            letters[letters.index("d")] = "đ"
        elif key in _VNI_MARKS and letters:
            letters = _mark(letters, _VNI_MARKS[key])
        elif key.isdigit():
            return None
        else:
            letters.append(key)
    return _place_tone("".join(letters), tone)


def _mark(letters: list[str], mark: str) -> list[str]:
    marked = list(letters)
    for at in range(len(marked) - 1, -1, -1):
        joined = unicodedata.normalize("NFC", marked[at] + mark)
        if marked[at] in _VOWELS and len(joined) == 1:
            marked[at] = joined
            break
    return marked


def _place_tone(syllable: str, tone: str | None) -> str:
    if tone is None:
        return syllable
    at = _tone_vowel(syllable)
    return unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])


def _tone_vowel(syllable: str) -> int:
    """Where the tone mark stands: on a marked vowel, else the middle or, before a final consonant, the last vowel."""
    start = 2 if syllable[:2] in {"gi", "qu"} and syllable[2:3] and syllable[2] in _VOWELS else 0
    vowels = [at for at, letter in enumerate(syllable) if letter in _VOWELS and at >= start]
    marked = [at for at in vowels if syllable[at] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if not vowels:
        return 0
    if len(vowels) > 1 and vowels[-1] == len(syllable) - 1:
        return vowels[-2]
    return vowels[-1]
