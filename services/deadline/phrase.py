"""Reading a lead time out of words, Vietnamese or English."""

import re
import unicodedata

from services.deadline.lead import LeadTime, LeadUnit
from services.dossier.errors import Refused
from services.wording import sentence

_UNITS: dict[str, LeadUnit] = {
    "working day": LeadUnit.WORKING_DAYS,
    "working days": LeadUnit.WORKING_DAYS,
    "business day": LeadUnit.WORKING_DAYS,
    "business days": LeadUnit.WORKING_DAYS,
    "ngày làm việc": LeadUnit.WORKING_DAYS,
    "calendar day": LeadUnit.CALENDAR_DAYS,
    "calendar days": LeadUnit.CALENDAR_DAYS,
    "day": LeadUnit.CALENDAR_DAYS,
    "days": LeadUnit.CALENDAR_DAYS,
    "ngày": LeadUnit.CALENDAR_DAYS,
    "ngày lịch": LeadUnit.CALENDAR_DAYS,
    "working hour": LeadUnit.WORKING_HOURS,
    "working hours": LeadUnit.WORKING_HOURS,
    "giờ": LeadUnit.WORKING_HOURS,
    "giờ làm việc": LeadUnit.WORKING_HOURS,
}
_SAME_DAY = {"same day", "same-day", "trong ngày", "trong ngày làm việc", "giải quyết ngay", "ngay"}
_AMOUNT = re.compile(r"(\d{1,4})\s+(.+)")


def parse_lead(text: str) -> LeadTime:
    """A lead time such as `3 working days`, `15 ngày`, `8 giờ làm việc`, `trong ngày`.

    A plain `day` or `ngày` is a calendar day, as in law.

    Raises:
        Refused: the words are none of these, or the amount is 0.
    """
    words = " ".join(unicodedata.normalize("NFC", text).casefold().replace("_", " ").split()).strip(" .")
    if words in _SAME_DAY:
        return LeadTime(0, LeadUnit.SAME_DAY)
    match = _AMOUNT.fullmatch(words)
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None or int(match[1]) == 0:
        raise Refused(sentence("deadline.unreadable_lead", text=text))
    return LeadTime(int(match[1]), unit)
