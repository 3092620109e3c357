"""The status of a dossier, told to whoever holds the key printed on its receipt."""

import re
from dataclasses import replace
from datetime import datetime

from services.assistant.behaviour import Reply, Route, Talk
from services.assistant.compose import say
from services.assistant.route import find_dossier, find_key
from services.clock import in_vietnam
from services.storage.database import Connection
from services.storage.receipts import TooManyTries, try_receipt
from services.wording import sentence


def tell_status(connection: Connection, text: str, reply: Reply, talk: Talk, *, address: str, now: datetime) -> Reply:
    """The reply with the dossier's state when the turn brought its code (or a turn before did) and the right key.

    Wrong keys are counted as they are anywhere else, by dossier and by address.
    """
    dossier, key = find_dossier(text) or talk.dossier, find_key(text)
    if reply.route is not Route.STATUS or not (dossier and key):
        return reply
    try:
        found = try_receipt(connection, dossier, key, address, now)
    except TooManyTries as error:
        return replace(reply, text=error.sentence.say(talk.language))
    if not found.opens:
        return replace(reply, text=say("status_wrong", talk.language))
    status = sentence(f"dossier.status_{found.status}").say(talk.language)
    due = f"{in_vietnam(found.due_at):%H:%M %d/%m/%Y}" if found.due_at else say("not_yet", talk.language)
    return replace(reply, text=say("status_found", talk.language, dossier=dossier, status=status, due=due))


def hide_key(text: str) -> str:
    """A text without the second factor in it."""
    key = find_key(text)
    return re.sub(re.escape(key), "[mã tra cứu]", text, flags=re.IGNORECASE) if key else text
