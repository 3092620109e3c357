"""Misread words mended where a list or the language proves the right one; the raw value stays beside.

Only words read from a picture are touched. A word that Vietnamese has is never changed.
"""

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from services.catalogue.places import commune_names, district_names
from services.dossier.compare import fold, tidy
from services.extract.places import PROVINCES
from services.extract.surnames import mend_surname
from services.extract.torn import join_torn
from services.language.counts import NUMBER, START, load_language
from services.language.syllable import is_syllable

_SIGNS = str.maketrans({"†": "t", "‡": "t", "§": "S", "ÿ": "y", "|": "l", "ï": "ỉ", "¡": "i", "€": "C", "©": "C"})
_PREFIX = re.compile(
    r"^(x[aàáảãạăâeẻẽ]|ph[uưúùừứ][oờơóớởò]ng|th[iị] tr[aấâ]n|huy[eệêểẻ]n|t[iỉíìĩị]nh|th[aà]nh ph[oố]|tp\.?)\s+(.+)$",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"(?<=[^\W\d_]{2})[.;]\s+(?=(?:x\w|phường|thị trấn|huyện|t\wnh|thành phố|tp)\.?\s)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_BROKEN = re.compile(r"[^\W\d_]*\d[^\W\d_]+|[^\W\d_]{2,}\d[^\W\d_]*")
_LETTER_OF = str.maketrans({"0": "o", "1": "l", "4": "g", "6": "b", "9": "g", "5": "s", "8": "B"})
# who issues identity papers, as they name themselves
_ISSUERS = (
    "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "Cục trưởng Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
    "Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư",
    "Cục Quản lý xuất nhập cảnh",
    "Bộ Công an",
    "Công an tỉnh Lạng Sơn",
)
_PLACED = ("address", "hometown", "place_of_birth", "place_of_death", "registration_place", "addressee", "authority")
_WORDED = (
    "cause_of_death", "marital_status", "purpose", "relationship", "reason", "scope", "term", "change_content",
    "change_type", "land_use_purpose", "use_term", "use_form", "land_origin", "business_line", "subject",
    "payment_method", "disability_type", "disability_level", "household_relationship", "identifying_features",
)  # fmt: skip
_CONFUSED = 1.5  # nats by which the best word must be likelier than the next


def mend(name: str, value: str) -> str:
    """The value of a field with its misread words mended; unchanged where nothing proves better ones."""
    if name.endswith("issue_place"):
        return _issuer(value)
    if name.endswith(_PLACED):
        return ", ".join(_part(part) for part in _STOPPED.sub(", ", _signs(value)).split(", "))
    if name.endswith(_WORDED):
        return mend_words(value)
    if name.endswith(("nationality", "ethnicity")):
        return _signs(value)
    if not name.endswith("name"):
        return value
    return mend_surname(" ".join(_parted(word) for word in join_torn(_signs(value)).split(" ")))


def _signs(text: str) -> str:
    return tidy(re.sub(r"\s*[.,]*,[.,]*\s*", ", ", text.translate(_SIGNS)))


def _parted(word: str) -> str:
    """Two words of a name that a reader ran together (`Xuânquốc`), where they part in one way only."""
    if len(word) < 5 or not word.isalpha() or is_syllable(word):  # noqa: PLR2004 - letters of two words
        return word
    language = load_language()
    ways = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if all(is_syllable(half) and language.knows(half.lower()) for half in (word[:at], word[at:]))
    ]
    return " ".join(half.capitalize() for half in ways[0]) if len(ways) == 1 else word


def _issuer(value: str) -> str:
    """One of the bodies that issue identity papers, or the words mended."""
    plain = re.sub(r"\s+c[aâấ]p\b.*$", "", _signs(value))
    found = process.extractOne(fold(plain), _folded_issuers(), scorer=Levenshtein.normalized_similarity)
    if found and found[1] > 0.8:  # noqa: PLR2004 - of 1
        return _folded_issuers_by()[found[0]]
    return _part(plain)


@cache
def _folded_issuers() -> tuple[str, ...]:
    return tuple(fold(name) for name in _ISSUERS)


@cache
def _folded_issuers_by() -> dict[str, str]:
    return dict(zip(_folded_issuers(), _ISSUERS, strict=True))


def _part(part: str) -> str:
    """One part of an address: a unit by its name, else its words."""
    worded = mend_words(part)
    if _BODY.match(fold(worded)):
        worded = " ".join(["Ủy ban nhân dân", *worded.split(" ")[4:]])
    match = _PREFIX.match(worded)
    names = _named_by_kind().get(_kind_of(match[1]) if match else "", {})
    if match is None:
        return _with_unit(worded)
    mended = _unit(match[2], names)
    return f"{_prefix(match[1])} {mended}" if mended else worded


_PREFIXES = {fold(kind): kind for kind in ("xã", "phường", "thị trấn", "huyện", "tỉnh", "thành phố", "quận", "thị xã")}
_BODY = re.compile(r"^uy ban nhan dan\b")


def _kind_of(prefix: str) -> str:
    """The word for a unit without its marks; `xẻ` is a misread `xã`."""
    plain = fold(prefix).rstrip(".")
    return "xa" if plain == "xe" else plain


def _prefix(kind: str) -> str:
    right = _PREFIXES.get(_kind_of(kind), kind)
    return right.capitalize() if kind[0].isupper() else right


def _with_unit(text: str) -> str:
    """A unit named within a longer part (`Ủy ban nhân dân xã Tân Văn`), or a province that stands alone."""
    if match := re.match(r"^(.*\b(?:nhân dân|an|tế|sinh|khoa)\s+)((?:xã|phường|thị trấn|tỉnh|huyện)\s+\S.*)$", text):
        return match[1] + _part(match[2])
    return _unit(text, _named_by_kind()["tinh"]) or text


def _unit(text: str, names: dict[str, str]) -> str | None:
    """The one unit whose name is the text without marks, or one letter away from it."""
    plain = fold(text)
    if plain in names:
        return names[plain]
    if len(plain) < 5:  # noqa: PLR2004 - one wrong letter of so few proves nothing
        return None
    near = process.extract(plain, names.keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=2)
    return names[near[0][0]] if len(near) == 1 else None


@cache
def _named_by_kind() -> dict[str, dict[str, str]]:
    """Names of units by what they are; names that differ in their marks alone are left out."""
    kinds: dict[str, dict[str, set[str]]] = {"tinh": {}, "thanh pho": {}, "tp": {}, "": {}}
    full = [*commune_names(), *district_names(), *(f"tỉnh {name}" for name in PROVINCES)]
    for name in full:
        kind, _, own = name.partition(" ") if not fold(name).startswith(("thi ", "thanh ")) else _two(name)
        kinds.setdefault(fold(kind), {}).setdefault(fold(own), set()).add(own)
    return {
        kind: {plain: min(names) for plain, names in table.items() if len(names) == 1} for kind, table in kinds.items()
    }


def _two(name: str) -> tuple[str, str, str]:
    words = name.split(" ", 2)
    return " ".join(words[:2]), " ", words[2]


def mend_words(text: str) -> str:
    """Words that no Vietnamese text has, as the likeliest word one letter away, if one is much likelier than others."""
    language = load_language()
    text = _BROKEN.sub(lambda broken: broken.group().translate(_LETTER_OF), text.translate(_SIGNS))
    tokens = re.split(r"([^\W\d_]+)", text)
    for at in range(1, len(tokens), 2):
        word = tokens[at]
        if len(word) < 2 or language.knows(word.lower()) or is_syllable(word):  # noqa: PLR2004
            continue
        before = _neighbour(tokens, at - 2, tokens[at - 1])
        after = _neighbour(tokens, at + 2, tokens[at + 1])
        if better := _likelier(word.lower(), before, after):
            tokens[at] = better.capitalize() if word[0].isupper() else better
    return "".join(tokens)


def _neighbour(tokens: list[str], at: int, between: str) -> str:
    if any(char.isdigit() for char in between):
        return NUMBER
    return tokens[at].lower() if 0 < at < len(tokens) and not re.search(r"[.;:]", between) else START


def _likelier(word: str, before: str, after: str) -> str | None:
    language = load_language()
    scored = []
    for near in _near(word):
        beyond = language.score(near, after) if after not in {START, NUMBER} else 0.0
        scored.append((language.score(before, near) + beyond, near))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _CONFUSED):
        return None
    return scored[0][1]


_ALPHABET = "abcdeghiklmnopqrstuvxyàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"


@cache
def _near(word: str) -> tuple[str, ...]:
    """Known syllables one letter away: another, one more, one less."""
    language = load_language()
    found = {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in _ALPHABET}
    found |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in _ALPHABET}
    found |= {word[:at] + word[at + 1 :] for at in range(len(word))}
    return tuple(sorted(near for near in found if language.knows(near) and is_syllable(near)))
