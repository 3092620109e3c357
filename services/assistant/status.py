"""The status of a dossier, told to whoever holds the key printed on its receipt."""

import re
import secrets
from dataclasses import replace

from services.assistant.behaviour import Reply, Route, Talk
from services.assistant.compose import say
from services.assistant.route import find_dossier, find_key
from services.clock import in_vietnam
from services.storage.database import Connection
from services.wording import sentence


def tell_status(connection: Connection, text: str, reply: Reply, talk: Talk) -> Reply:
    """The reply with the dossier's state when the turn brought its code (or a turn before did) and the right key."""
    dossier, key = find_dossier(text) or talk.dossier, find_key(text)
    if reply.route is not Route.STATUS or not (dossier and key):
        return reply
    row = connection.execute("SELECT receipt_key, status, due_at FROM dossier WHERE code = %s", (dossier,)).fetchone()
    kept = "" if row is None else str(row[0])
    if not secrets.compare_digest(kept.encode(), key.encode()) or row is None:
        return replace(reply, text=say("status_wrong", talk.language))
    status = sentence(f"dossier.status_{row[1]}").say(talk.language)
    due = f"{in_vietnam(row[2]):%H:%M %d/%m/%Y}" if row[2] else say("not_yet", talk.language)
    return replace(reply, text=say("status_found", talk.language, dossier=dossier, status=status, due=due))


def hide_key(text: str) -> str:
    """A text without the second factor in it."""
    key = find_key(text)
    return re.sub(re.escape(key), "[mã bí mật]", text, flags=re.IGNORECASE) if key else text
