"""Time-based one-time codes (RFC 6238: HMAC-SHA1, 30 seconds, six digits), as phone apps make them."""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

STEP_S = 30
DIGITS = 6
DRIFT = 1
"""Steps that a phone's clock may be off."""


def new_secret() -> str:
    """A fresh secret of 160 bits, base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a step (RFC 4226 section 5.3)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_of(at: datetime) -> int:
    """The step that a moment falls in."""
    return int(at.timestamp()) // STEP_S


def match_code(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The step whose code this is, later than `after` so that no code works twice; None when it fits none."""
    now = step_of(at)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def enrolment_uri(secret: str, name: str, issuer: str = "Motcua") -> str:
    """What a phone app reads as a QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?secret={secret}&issuer={quote(issuer)}"
