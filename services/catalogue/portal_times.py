"""The table of ways, times and fees of a portal page, flattened to one string without separators.

`Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việcMiễn phí(…)Trực tiếp…`: a row begins with the name of a
channel glued to a number. A value that contradicts the words beside it, or the other rows, is no fact: it becomes None
with a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.catalogue.procedure import Fee, TimeCase
from services.deadline.lead import LeadTime, LeadUnit
from services.wording import Sentence, sentence

_ROW = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Không có thông tin)")
_TIME = re.compile(r"(\d+(?:[.,]\d+)?)\s*(Ngày làm việc|Ngày|Giờ làm việc|Giờ|Phút|Tháng|Tuần|Năm)?|Không có thông tin")
_FEE = re.compile(r"(Miễn phí)|Không có thông tin|([\d.,]*)\s*(Việt Nam Đồng|VNĐ|USD)")
_STATED_DAYS = re.compile(r"(\d+)\s*(?:\([^)]{1,12}\)\s*)?(ngày làm việc|ngày|giờ làm việc|giờ)", re.IGNORECASE)
_STATED_SUM = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)\s*(?:đồng|đ\b|vnđ)", re.IGNORECASE)
_RULED = re.compile(r"^\((?!\W*không\b|\W*miễn\b).*?(quy định|mức|phí)", re.IGNORECASE)
_PROVINCE = re.compile(r"hội đồng nhân dân|hđnd", re.IGNORECASE)
_UNITS = {
    "ngày làm việc": LeadUnit.WORKING_DAYS,
    "ngày": LeadUnit.CALENDAR_DAYS,
    "giờ làm việc": LeadUnit.WORKING_HOURS,
    "giờ": LeadUnit.WORKING_HOURS,
}
LONGEST_DAYS = 365
LONGEST_HOURS = 8  # 24 and 48 "Giờ" may be hours of the clock, which no desk works
SMALLEST_SUM = 1000
_DETAIL = 400


@dataclass(frozen=True, slots=True)
class PortalRow:
    """One row: `lead` and `fee` as far as they can be trusted, and what was wrong with them."""

    channel: str
    lead: LeadTime | None
    fee: Fee
    doubts: tuple[Sentence, ...]


def parse_rows(text: str, steps: str = "") -> tuple[PortalRow, ...]:
    """The rows of a flattened table, in order; empty when there is none.

    `steps`: the page's steps, which may say the unit of a time that the table leaves bare.
    """
    starts = list(_ROW.finditer(text))
    if not starts:
        return ()
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return tuple(_parse_row(match[1], text[match.end() : end], steps) for match, end in zip(starts, ends, strict=True))


def agree_on_time(rows: Sequence[PortalRow]) -> tuple[tuple[TimeCase, ...], tuple[Sentence, ...]]:
    """The one time that all rows give; none, with a note, where they differ: cases may be written as channels."""
    leads = list(dict.fromkeys(row.lead for row in rows if row.lead is not None))
    if len(leads) == 1:
        return (TimeCase(leads[0]),), ()
    if not leads:
        return (), ()
    values = ", ".join(f"{lead.amount} {lead.unit}" for lead in leads)
    return (), (sentence("catalogue.note_times_differ", values=values),)


def agree_on_fees(rows: Sequence[PortalRow]) -> tuple[tuple[Fee, ...], tuple[Sentence, ...]]:
    """One fee where the rows agree, else one a channel; a fee online above the one at the counter is no fact."""
    amounts = {row.channel: row.fee.amount_vnd for row in rows}
    online, direct = amounts.get("Trực tuyến"), amounts.get("Trực tiếp")
    if online is not None and direct is not None and online > direct:
        return (Fee(None),), (sentence("catalogue.note_fees_differ", online=online, direct=direct),)
    distinct = list(dict.fromkeys(row.fee for row in rows))
    if len({fee.amount_vnd for fee in distinct}) <= 1:
        return tuple(distinct[:1]), ()
    return tuple(dict.fromkeys(Fee(row.fee.amount_vnd, row.fee.note or row.channel) for row in rows)), ()


def _parse_row(channel: str, rest: str, steps: str) -> PortalRow:
    time = _TIME.match(rest)
    after = rest[time.end() :] if time else rest
    if time and time[1] and not time[2] and re.match(r"[\d.,]|\s*(Việt Nam|VNĐ|USD)", after):
        # a time without unit runs into the digits of the fee: neither can be told apart
        doubt = sentence("catalogue.note_glued", text=rest[:24])
        return PortalRow(channel, None, Fee(None), (doubt,))
    fee = _FEE.match(after)
    detail = " ".join((after[fee.end() :] if fee else after).split())
    lead, time_doubt = _read_time(time, detail, steps)
    amount, fee_doubt = _read_fee(fee, detail)
    note = detail[:_DETAIL] if amount is None or detail.startswith("(") else ""
    return PortalRow(channel, lead, Fee(amount, note), tuple(doubt for doubt in (time_doubt, fee_doubt) if doubt))


def _read_time(match: re.Match[str] | None, detail: str, steps: str) -> tuple[LeadTime | None, Sentence | None]:
    if match is None or match[1] is None:
        return None, None
    stated = _units_of(detail, match[1])
    unit = _UNITS.get((match[2] or "").lower())
    # a bare 1 is what stands there when nobody filled it in, and some step always takes a day
    told = stated or (_units_of(steps, match[1]) if match[1] != "1" else set())
    if match[2] is None and len(told) == 1:
        unit = told.pop()
    if unit is None or not match[1].isdigit():
        return None, sentence("catalogue.note_time_unreadable", text=match[0])
    if stated and unit not in stated:
        return None, sentence("catalogue.note_time_contradicted", text=match[0])
    amount = int(match[1])
    if not 0 < amount <= (LONGEST_HOURS if unit is LeadUnit.WORKING_HOURS else LONGEST_DAYS):
        return None, sentence("catalogue.note_time_unlikely", text=match[0])
    return LeadTime(amount, unit), None


def _units_of(text: str, published: str) -> set[LeadUnit]:
    """The units that a text gives to just this number."""
    return {_UNITS[unit.lower()] for amount, unit in _STATED_DAYS.findall(text) if _same(amount, published)}


def _same(stated: str, published: str) -> bool:
    return published.isdigit() and int(stated) == int(published)


def _read_fee(match: re.Match[str] | None, detail: str) -> tuple[int | None, Sentence | None]:
    if match is None or not (match[1] or match[3]):
        return None, None
    if _PROVINCE.search(detail):
        return None, sentence("catalogue.note_fee_provincial", text=match[0])
    sums = {int(re.sub(r"\D", "", value)) for value in _STATED_SUM.findall(detail)}
    if match[1]:
        # "free" with a remark that points to a rule or a price is the portal's way to leave the number out
        return (None, sentence("catalogue.note_fee_not_free")) if sums or _RULED.search(detail) else (0, None)
    amount = int(re.sub(r"\D", "", match[2]) or 0)
    if match[3] == "USD" or amount < SMALLEST_SUM or (sums and amount not in sums):
        return None, sentence("catalogue.note_fee_unlikely", text=match[0])
    return amount, None
