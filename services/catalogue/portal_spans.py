"""Times that the portal's remarks and conditions name beside the one in the column, each with what it holds for.

`01 ngày đối với đám tang`, `Trong thời hạn 48 giờ kể từ khi phát hiện giấy thông hành bị mất`: the column has neither.
Kept are the amount, its unit and the few words that tell the case; the prose around them is not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.catalogue.portal_remarks import COLUMNS

_SPAN = re.compile(
    r"(?<![\d/.,])(?P<amount>\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng|năm)\b"
    r"(?!\s*\d)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;\n]|\.\s|(?:^|(?<=[\s)]))[-+•*]+(?=\s|[^\W\d])")
_FEE = re.compile(r"^\s*(?:Miễn phí|Không có thông tin|[\d.,]*\s*(?:Việt Nam Đồng|VNĐ|USD))", re.MULTILINE)
_LEADS_IN = re.compile(
    r"(?:^|[\s,:(])"
    r"(?:trong|thời hạn|thời gian|giải quyết|tối đa|tối thiểu|không quá|chậm nhất|ít nhất|vòng|là|sau|có|từ)"
    r"[\s:]*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:[^\W\d_]{1,4}|\d{1,2}(?:\.\d{1,2})*)[).]\s*")
_EVENT = re.compile(r"^(?:kể từ|trước|sau)\b", re.IGNORECASE)
_CASE = re.compile(r"^(?:đối với|kể từ|nếu|khi|trường hợp|trước|cho|với)\b", re.IGNORECASE)
_ANY_CASE = re.compile(r"^kể từ (?:thời điểm|ngày|khi)?\s*(?:[^,;]{0,60}?)\b(?:nhận|tiếp nhận|có|nộp)\b", re.IGNORECASE)
_DATED = re.compile(r"^(?:ngày\s+)?\d")
_CLOCK = re.compile(r"(?:sau|trước|lúc|hồi)\s*$", re.IGNORECASE)
_NO_CASE = re.compile(
    r"^(?:bước \d+|dịch vụ bưu chính|trực tiếp|trực tuyến|miễn phí.*|không có.*|.*\d\.\d{3}.*)$", re.IGNORECASE
)
MOST, LONGEST, FEWEST_LETTERS = 4, 90, 8
"""Times of a page that are told, and characters of the words each stands under."""


class SpanUnit(StrEnum):
    """What a stated time counts."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    WORKING_HOURS = "working_hours"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"


_UNITS = {
    "ngày làm việc": SpanUnit.WORKING_DAYS,
    "ngày": SpanUnit.DAYS,
    "giờ làm việc": SpanUnit.WORKING_HOURS,
    "giờ": SpanUnit.HOURS,
    "tháng": SpanUnit.MONTHS,
    "năm": SpanUnit.YEARS,
}


@dataclass(frozen=True, slots=True)
class StatedSpan:
    """A time with its unit and the case it holds for, in the portal's own few words."""

    amount: int
    unit: SpanUnit
    about: str


def read_spans(ways: str, conditions: str) -> tuple[StatedSpan, ...]:
    """The times of a page that say what they are for, in order, each once; none where there are too many to tell.

    `ways`: the flattened table of ways, with its line breaks, of which the remarks are read. `conditions`: of these
    only what runs from or to an event is a time of the applicant's (`kể từ khi mất`); others are years of experience.
    """
    remarks = _FEE.sub("\n", COLUMNS.sub("\n", ways))
    found = [span for clause in _clauses(remarks) for span in _read(clause)]
    found += [span for clause in _clauses(conditions) for span in _read(clause) if _EVENT.match(span.about)]
    once = {(span.amount, span.unit, span.about.casefold()): span for span in reversed(found)}
    cases = Counter(about for _, _, about in once)
    told = [span for span in reversed(once.values()) if cases[span.about.casefold()] == 1]
    return tuple(told) if len(told) <= MOST else ()


def _clauses(text: str) -> Iterator[str]:
    yield from (" ".join(part.split()) for part in _CLAUSE.split(text) if part.strip())


def _read(clause: str) -> Iterator[StatedSpan]:
    """A clause with one time says what it is for; one with several is the portal's arithmetic."""
    matches = list(_SPAN.finditer(clause))
    if len(matches) != 1:
        return
    match = matches[0]
    unit = _UNITS[" ".join(match["unit"].lower().split())]
    if not int(match["amount"]) or (unit is SpanUnit.HOURS and _CLOCK.search(clause[: match.start()])):
        return
    about = _about(_LABEL.sub("", clause[: match.start()]), clause[match.end() :])
    if about:
        yield StatedSpan(int(match["amount"]), unit, about)


def _about(before: str, after: str) -> str:
    case = re.split(r"[,;(]|\s+thì\b", after.strip(" ,:.()"), maxsplit=1)[0].strip()
    if _CASE.match(case) and not _ANY_CASE.match(case):
        return _told(case)
    head = before
    while match := _LEADS_IN.search(head):
        head = head[: match.start()]
    return _told(head.strip(" ,:.()-"))


def _told(words: str) -> str:
    whole = FEWEST_LETTERS <= len(words) <= LONGEST and words.count("(") == words.count(")")
    return words if whole and not _DATED.match(words) and not _NO_CASE.match(words) else ""
