"""E-mail addresses as they are taken in: plain ones, in ASCII, so that no server and no header is surprised."""

import re

from services.dossier.errors import Refused
from services.wording import sentence

MAX_EMAIL = 254
EMAIL = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
PHONE = r"(\+?84|0)[ .-]?\d([ .-]?\d){8}"
"""A Vietnamese number, as people write it."""

EMAIL_OR_NONE = rf"^({EMAIL})?$"


def check_email(written: str) -> str:
    """An address without the spaces around it; empty stays empty.

    Raises:
        Refused: it is none.
    """
    found = written.strip()
    if len(found) > MAX_EMAIL or re.fullmatch(rf"({EMAIL})?", found) is None:
        raise Refused(sentence("access.bad_email"))
    return found
