"""E-mail addresses and telephone numbers as they are taken in.

Addresses are plain ones, in ASCII, so that no server and no header is surprised.
"""

import re

from services.dossier.errors import Refused
from services.wording import sentence

MAX_EMAIL = 254
EMAIL = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
PHONE = r"(\+?84|0)[ .-]?\d([ .-]?\d){8}"
"""A Vietnamese number, as people write it."""
_PLAN = re.compile(r"((\+?84|0)([35789][0-9]{8}|2[0-9]{8,9}))?")
"""After the 0: mobile numbers begin with 3, 5, 7, 8 or 9, fixed lines with 2 (numbering plan, 22/2014/TT-BTTTT)."""

EMAIL_OR_NONE = rf"^({EMAIL})?$"


def check_phone(written: str) -> str:
    """A number without the spaces around it, as it was written; empty stays empty.

    Raises:
        Refused: it is no number of this country: ten digits from 0, eleven for a fixed line, or either as +84.
    """
    found = written.strip()
    if _PLAN.fullmatch(re.sub(r"[ .()-]", "", found)) is None:
        raise Refused(sentence("access.bad_phone"))
    return found


def check_email(written: str) -> str:
    """An address without the spaces around it; empty stays empty.

    Raises:
        Refused: it is none.
    """
    found = written.strip()
    if len(found) > MAX_EMAIL or re.fullmatch(rf"({EMAIL})?", found) is None:
        raise Refused(sentence("access.bad_email"))
    return found
