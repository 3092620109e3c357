"""Codes of phones, passwords, and the table of who may what."""

import base64
from datetime import UTC, datetime

import pytest

from services.access.passwords import check_strength, hash_password, invent_password, password_fits
from services.access.roles import ACTION_PERMITS, GRANTS, LOCAL, NOBODY, Permit, Role, permits_of
from services.access.totp import code_at, match_code, new_secret, step_of
from services.access.units import load_shipped_units
from services.dossier.commands import Action
from services.dossier.errors import Refused

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // 30, digits=8) == code


def test_a_code_works_once_and_a_minute_long() -> None:
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    secret, step = new_secret(), step_of(now)
    assert match_code(secret, code_at(secret, step - 1), now, after=0) == step - 1
    assert match_code(secret, code_at(secret, step), now, after=step) is None
    assert match_code(secret, code_at(secret, step - 2), now, after=0) is None


@pytest.mark.parametrize(
    "password", ["Aa1-", "aaaaaaaaaaa1-", "AAAAAAAAAAA1-", "Aaaaaaaaaaaa-", "Aaaaaaaaaaaa1", "Xhoa-12345678"]
)
def test_weak_passwords(password: str) -> None:
    with pytest.raises(Refused):
        check_strength(password, "hoa")


def test_good_passwords() -> None:
    for _ in range(50):
        check_strength(invent_password(), "nguyen.van.an")
    kept = hash_password("Mot-Cua-2026!")
    assert kept.startswith("$argon2id$")
    assert password_fits(kept, "Mot-Cua-2026!")
    assert not password_fits(kept, "mot-cua-2026!")
    assert not password_fits(None, "Mot-Cua-2026!")


def test_the_table() -> None:
    """Kinds of work stay apart, and everything is somebody's."""
    assert Permit.READ not in GRANTS[Role.ADMINISTRATOR]
    assert Permit.DECIDE not in permits_of([Role.ONE_STOP, Role.HANDLER])
    assert Permit.ACCOUNTS not in permits_of(set(Role) - {Role.ADMINISTRATOR})
    assert permits_of(Role) == set(Permit) == LOCAL.permits
    assert set(ACTION_PERMITS) == set(Action)
    assert not NOBODY.may(Permit.FOLLOW)
    assert NOBODY.covers("x") is False


def test_the_units_that_ship() -> None:
    units = load_shipped_units()
    assert sum(unit.kind == "commune" for unit in units) == 65
    assert {unit.parent for unit in units} == {None, "20"}
