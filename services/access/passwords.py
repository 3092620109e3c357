"""Passwords: what they must be (QCVN 12:2026/BCA) and how they are kept (argon2id)."""

import secrets
import string

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.dossier.errors import Refused
from services.wording import sentence

SHORTEST, LONGEST = 12, 200
_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))


def check_strength(password: str, name: str) -> None:
    """Let a good password pass.

    Raises:
        Refused: too short, without lower and upper case, digit and sign, or it holds the account's name.
    """
    kinds = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    strong = all(any(kind(letter) for letter in password) for kind in kinds)
    if not SHORTEST <= len(password) <= LONGEST or not strong or (name and name.lower() in password.lower()):
        raise Refused(sentence("access.weak_password", shortest=SHORTEST))


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return _HASHER.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; an unknown account takes as long as a known one."""
    try:
        return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def invent_password() -> str:
    """A first password, to be changed at the first sign-in."""
    letters = [secrets.choice(kind) for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-+*")]
    return secrets.token_urlsafe(12) + "".join(letters)
