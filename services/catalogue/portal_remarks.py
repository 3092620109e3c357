"""Sums that the portal's remark beside a fee names, where its figure column is empty or says something else.

`Miễn phí(Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần. …)`: the column says free, the remark says what is paid. Kept
are the sum, what it is paid for each, the words it stands under, and until when it holds; the remark's prose is not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_SUM = re.compile(
    r"(?P<sum>\d{1,3}(?:[.,]\d{3})+)\s*(?:đồng|đ\b|vnđ)"
    r"(?:\s*/\s*(?P<per>\d{0,2}\s?[^\W\d_]+(?: (?:khai|sơ|sở|phép|phẩm|chỉ))?))?"
    r"|(?P<usd>\d{1,4})\s*USD(?:\s*/\s*(?P<each>[^\W\d_]+))?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"đến\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
COLUMNS = re.compile(
    r"(?:Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Không có thông tin)(?:Không có thông tin|\d+(?:[.,]\d+)?\s*"
    r"(?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Phút|Tháng|Tuần|Năm)?)"
)
"""What stands before a fee in the flattened table: channel and time."""

_CLAUSE = re.compile(r"[;\n(]|\.\s|(?:^|\s)[-+]\s")
MOST, MOST_BARE, LONGEST, FEWEST_LETTERS = 8, 4, 90, 4
"""Sums of a remark that are told, as many where some do not say what they are for, and characters of these words."""


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum with its currency (`VND`, `USD`), what it is for each (`lần`), what it is for, the last day it holds."""

    amount: int
    currency: str
    per: str = ""
    about: str = ""
    until: date | None = None


def read_sums(table: str, on: date) -> tuple[StatedSum, ...]:
    """The sums in the remarks of a flattened table that still hold `on` a day, in order, each once.

    None where there are too many to tell.
    """
    found: dict[tuple[int, str, str, str], StatedSum] = {}
    done = 0
    remarks = COLUMNS.sub("\n", table)
    for match in _SUM.finditer(remarks):
        start, end = _clause_of(remarks, match)
        until = _read_until(remarks[start:end])
        amount = int(re.sub(r"\D", "", match["sum"] or match["usd"]))
        per = " ".join((match["per"] or match["each"] or "").lower().split())
        if until is None or until >= on:
            about = _about(remarks[max(start, done) : match.start()])
            stated = StatedSum(amount, "VND" if match["sum"] else "USD", per, about, until)
            found.setdefault((amount, stated.currency, per, about), stated)
        done = match.end()
    told = [one for one in found.values() if _says_more(one, found.values())]
    return tuple(told) if len(told) <= (MOST if all(one.about for one in told) else MOST_BARE) else ()


def _says_more(one: StatedSum, all_: Iterable[StatedSum]) -> bool:
    """A sum in the column has no words; the remark's has."""
    alike = [other for other in all_ if (other.amount, other.currency) == (one.amount, one.currency)]
    return (bool(one.about), bool(one.per)) == max((bool(other.about), bool(other.per)) for other in alike)


def _clause_of(text: str, match: re.Match[str]) -> tuple[int, int]:
    before = [cut.end() for cut in _CLAUSE.finditer(text, 0, match.start())]
    after = _CLAUSE.search(text, match.end())
    return before[-1] if before else 0, after.start() if after else len(text)


def _read_until(clause: str) -> date | None:
    match = _UNTIL.search(clause)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _about(words: str) -> str:
    """The words a sum stands under, where they are short enough to be told whole."""
    clean = " ".join(_UNTIL.sub("", words).rsplit(")", 1)[-1].strip(" :,.-–").split())
    clean = re.sub(r"(?:là|mức thu|mức phí|mức|phí)$", "", clean, flags=re.IGNORECASE).strip(" :,-")
    whole = clean[:1].isupper() and not clean.startswith(("Áp dụng", "Kể từ", "Theo "))
    return clean if whole and FEWEST_LETTERS <= len(clean) <= LONGEST else ""
