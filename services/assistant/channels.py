"""The port to other channels: which messages a webhook brings, whether it is signed, how an answer is sent. Pure.

Facebook signs the body (`X-Hub-Signature-256`, HMAC-SHA256 with the app's secret); Zalo signs app id, body, timestamp
and secret together (`X-ZEvent-Signature`, SHA-256).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_ANSWER = 1900
"""Characters of one message that both channels take."""


class Channel(StrEnum):
    """Where people write to the office beside its own pages."""

    FACEBOOK = "facebook"
    ZALO = "zalo"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a channel is set up with: without `secret` it is off; `app` is the id that Zalo signs with."""

    secret: str
    token: str
    url: str
    app: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who sent it, as the channel knows him, and what."""

    sender: str
    text: str


def is_signed(channel: Channel, body: bytes, headers: Mapping[str, str], keys: Keys) -> bool:
    """Whether the body comes from the channel, unchanged."""
    if channel is Channel.FACEBOOK:
        due = "sha256=" + hmac.new(keys.secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(due.encode(), headers.get("x-hub-signature-256", "").encode())
    try:
        stamp = str(json.loads(body).get("timestamp", ""))
    except (ValueError, AttributeError):
        return False
    due = hashlib.sha256(keys.app.encode() + body + stamp.encode() + keys.secret.encode()).hexdigest()
    given = headers.get("x-zevent-signature", "").removeprefix("mac=")
    return hmac.compare_digest(due.encode(), given.encode())


def read_messages(channel: Channel, event: Any) -> list[Said]:  # noqa: ANN401 - JSON from outside
    """The texts people sent; what is no text (a picture, a receipt of reading, the office's own echo) is left out."""
    if not isinstance(event, dict):
        return []
    if channel is Channel.ZALO:
        return _read(event.get("sender"), event.get("message")) if event.get("event_name") == "user_send_text" else []
    found: list[Said] = []
    for entry in _dicts(event.get("entry")):
        for one in _dicts(entry.get("messaging")):
            found += _read(one.get("sender"), one.get("message"))
    return found


def key_of(channel: Channel, sender: str, keys: Keys) -> str:
    """The key of a sender's talk: says nothing of who he is to whoever has not the secret."""
    return hmac.new(keys.secret.encode(), f"{channel} {sender}".encode(), hashlib.sha256).hexdigest()[:40]


def write_replies(channel: Channel, sender: str, text: str, keys: Keys) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Headers and JSON bodies of the requests that send an answer, in their order: a long one goes in parts."""
    parts = [{"message": {"text": part}} for part in part_text(text)]
    if channel is Channel.ZALO:
        return {"access_token": keys.token}, [{"recipient": {"user_id": sender}, **part} for part in parts]
    bodies = [{"recipient": {"id": sender}, **part, "messaging_type": "RESPONSE"} for part in parts]
    return {"Authorization": f"Bearer {keys.token}"}, bodies


def part_text(text: str) -> list[str]:
    """A text in parts that a channel takes, cut at ends of lines, else of words; nothing is left out but blanks."""
    parts = []
    rest = text.strip()
    while len(rest) > LONGEST_ANSWER:
        at = max(rest.rfind("\n", 1, LONGEST_ANSWER + 1), 0) or max(rest.rfind(" ", 1, LONGEST_ANSWER + 1), 0)
        at = at or LONGEST_ANSWER
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest]


def _read(sender: Any, message: Any) -> list[Said]:  # noqa: ANN401 - JSON from outside
    if not isinstance(sender, dict) or not isinstance(message, dict) or message.get("is_echo"):
        return []
    text, who = message.get("text"), sender.get("id")
    return [Said(str(who), text)] if isinstance(text, str) and text.strip() and who else []


def _dicts(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON from outside
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
