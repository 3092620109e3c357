"""When two printed values do not contradict one another, although they differ."""

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from services.dossier.compare import fold, squeeze
from services.dossier.field import Field
from services.dossier.page import TextSource


def agree(fact: str, one: Field, other: Field) -> bool:  # noqa: PLR0911 - one line a sort of value
    """Whether both can be true: an old number beside the new one, a year beside a full date, marks that OCR lost."""
    first, second = one.value, other.value
    if first == second:
        return True
    if fact.endswith("citizen_id"):
        return len(first) != len(second)
    if "date" in fact:
        return first.startswith(second) or second.startswith(first)
    if fact.endswith(("_m2", "_m")):
        return _measures_agree(_number(first), _number(second)) or _lost_its_end(one, other)
    if fact.endswith(("number", "sheet")):
        return _codes_agree(one, other)
    if fact.endswith("address"):
        return addresses_agree(first, second)
    return _text_agrees(one, other)


def _text_agrees(one: Field, other: Field) -> bool:
    """Names and words: marks alone are a difference only where no reader of pictures can have lost them."""
    if fold(one.value) != fold(other.value):
        return _was_seen(one, other) and (_is_rest(one.value, other.value) or _is_torn(one.value, other.value))
    if one.value.casefold() == other.value.casefold():
        return True
    return not {one.source, other.source} <= {TextSource.TEXT_LAYER, TextSource.QR, TextSource.OFFICER}


def _was_seen(one: Field, other: Field) -> bool:
    return TextSource.OCR in {one.source, other.source}


SHORTEST_REST = 6  # letters of a value of which a part was lost or to which a neighbour was drawn


def _is_rest(one: str, other: str) -> bool:
    """Whether one is the beginning or the end of the other: a reader lost words, or drew the next ones to it."""
    short, long = sorted((squeeze(one), squeeze(other)), key=len)
    return len(short) >= SHORTEST_REST and (long.startswith(short) or long.endswith(short))


def _is_torn(one: str, other: str) -> bool:
    """Whether words were torn or joined by a reader, who then also takes letters at the tear for others."""
    return len(one.split()) != len(other.split()) and Levenshtein.distance(squeeze(one), squeeze(other)) <= AT_TEAR


AT_TEAR = 3  # letters


def _lost_its_end(one: Field, other: Field) -> bool:
    """Whether the shorter is the beginning of the longer, and was read from a picture: figures were lost."""
    short, long = sorted((one, other), key=lambda item: len(item.value))
    return short.source is TextSource.OCR and _code(long.value).startswith(_code(short.value) or "-")


def _codes_agree(one: Field, other: Field) -> bool:
    """The same figures and letters; a letter alone that a reader of pictures saw otherwise makes no other number."""
    first, second = _code(one.value), _code(other.value)
    if first == second or _lost_its_end(one, other):
        return True
    figures = [re.sub(r"\D", "", value.partition("/")[0]) for value in (one.value, other.value)]
    return _was_seen(one, other) and figures[0] == figures[1] and len(figures[0]) >= LEAST_FIGURES


LEAST_FIGURES = 3


def addresses_agree(one: str, other: str) -> bool:
    """One's smallest units are in the other: districts fell away on 1/7/2025 and communes merged."""
    first, second = _units(one), _units(other)
    if not first or not second:
        return True
    return fuzz.token_set_ratio(" ".join(first), " ".join(second)) > 55  # noqa: PLR2004 - of 100


def _units(text: str) -> list[str]:
    return [
        fold(part)
        for part in text.split(",")
        if fold(part) and not re.match(r"(huyen|thanh pho|tinh|quan|thi xa)\b", fold(part))
    ]


def _measures_agree(one: float, other: float) -> bool:
    """Equal, or one is the other without its decimals: one paper rounds, or the comma was not seen."""
    return one == other or (int(one) == int(other) and (one.is_integer() or other.is_integer()))


def _number(text: str) -> float:
    try:
        return round(float(text), 2)
    except ValueError:
        return -1.0


def _code(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", fold(text)).lstrip("0")
