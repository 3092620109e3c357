"""Accounts, for administrators: nobody gives what lies beyond his own units."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services import clock
from services.access.addresses import MAX_EMAIL
from services.access.passwords import invent_password
from services.access.roles import Role
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.units import check_within
from services.language.fold import fold
from services.storage.accounts import (
    Account,
    add_account,
    begin_second_factor,
    change_account,
    disable_account,
    find_account,
    list_accounts,
    set_email,
    set_password,
    unlock_account,
)
from services.storage.database import Connection
from services.wording import sentence

router = APIRouter(tags=["access"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 409, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]
State = Literal["active", "locked", "shut", "unready"]


class RightsIn(BaseModel):
    """Who somebody is and what he may."""

    display: str = Field("", max_length=200)
    roles: list[Role] = Field(min_length=1, max_length=7)
    units: list[Annotated[str, Field(max_length=64)]] = Field(min_length=1, max_length=100)
    email: str | None = Field(
        None, max_length=MAX_EMAIL, description="where the account is told of what runs late; null: as it was"
    )


class AccountIn(RightsIn):
    """A new account; its first password is answered once."""

    name: str = Field(max_length=64, examples=["nong.thi.hoa"])


@router.get("/v1/accounts", responses=PROBLEMS, summary="Accounts")
def list_all(
    resources: OurResources,
    q: Annotated[str, Query(max_length=100, description="part of a name, with or without diacritics")] = "",
    role: Role | None = None,
    state: Annotated[State | None, Query(description="unready: no own password or no phone yet")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """Who may sign in, by name, as far as the units of whoever asks reach."""
    wanted = fold(q.strip())
    with resources.trusted.connection() as connection:
        everybody = list_accounts(connection)
    found = [
        account for account in everybody
        if _within(resources, account) and wanted in fold(f"{account.name} {account.display}")
        and (role is None or role in account.roles) and (state is None or state == state_of(account))
    ]  # fmt: skip
    return {"total": len(found), "items": [_tell(account) for account in found[offset : offset + limit]]}


@router.post("/v1/accounts", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Add an account")
def add(asked: AccountIn, resources: OurResources) -> dict[str, Any]:
    """The password answered here must be changed at the first sign-in."""
    password = invent_password()
    with resources.trusted.connection() as connection:
        check_within(connection, resources.principal, asked.units)
        account = add_account(
            connection,
            asked.name,
            password,
            asked.roles,
            asked.units,
            display=asked.display,
            email=asked.email or "",
            at=clock.now(),
        )
    note(resources, "account_added", asked.name, roles=asked.roles, units=asked.units)
    return _tell(account) | {"password": password}


@router.get("/v1/accounts/{name}", responses=PROBLEMS, summary="An account")
def read(name: str, resources: OurResources) -> dict[str, Any]:
    """Its roles, units and state."""
    with resources.trusted.connection() as connection:
        return _tell(_existing(connection, resources, name))


@router.put("/v1/accounts/{name}", responses=PROBLEMS, summary="Change roles and units of an account")
def change(name: str, asked: RightsIn, resources: OurResources) -> dict[str, Any]:
    """Its sessions end, so that it goes on with what it may from now on."""
    with resources.trusted.connection() as connection:
        before = _existing(connection, resources, name)
        check_within(connection, resources.principal, asked.units)
        _not_oneself(resources, name)
        if asked.email is not None:
            set_email(connection, name, asked.email)
        change_account(connection, name, asked.display, asked.roles, asked.units)
        account = _existing(connection, resources, name)
    note(
        resources, "account_changed", name, roles=asked.roles, units=asked.units, roles_before=before.roles,
        units_before=before.units,
    )  # fmt: skip
    return _tell(account)


@router.post("/v1/accounts/{name}/disable", responses=PROBLEMS, summary="Shut an account")
def disable(name: str, resources: OurResources) -> dict[str, Any]:
    """Its sessions end at once; nothing of it is deleted."""
    with resources.trusted.connection() as connection:
        _existing(connection, resources, name)
        _not_oneself(resources, name)
        disable_account(connection, name, clock.now())
        account = _existing(connection, resources, name)
    note(resources, "account_disabled", name)
    return _tell(account)


@router.post("/v1/accounts/{name}/enable", responses=PROBLEMS, summary="Open an account again")
def enable(name: str, resources: OurResources) -> dict[str, Any]:
    """It may sign in again."""
    with resources.trusted.connection() as connection:
        _existing(connection, resources, name)
        disable_account(connection, name, None)
        account = _existing(connection, resources, name)
    note(resources, "account_enabled", name)
    return _tell(account)


@router.post("/v1/accounts/{name}/unlock", responses=PROBLEMS, summary="Unlock an account")
def unlock(name: str, resources: OurResources) -> dict[str, Any]:
    """It need not wait any longer after wrong passwords."""
    with resources.trusted.connection() as connection:
        _existing(connection, resources, name)
        unlock_account(connection, name)
        account = _existing(connection, resources, name)
    note(resources, "account_unlocked", name)
    return _tell(account)


@router.post("/v1/accounts/{name}/reset", responses=PROBLEMS, summary="Give an account a new password")
def reset(name: str, resources: OurResources) -> dict[str, Any]:
    """For somebody who lost his password: a first password again, and no second factor."""
    password = invent_password()
    with resources.trusted.connection() as connection:
        account = _existing(connection, resources, name)
        set_password(connection, name, password, clock.now(), must_change=True)
        begin_second_factor(connection, name, None)
    note(resources, "account_reset", name)
    return _tell(account) | {"password": password, "must_change": True, "second_factor": False}


@router.post("/v1/accounts/{name}/reset-second-factor", responses=PROBLEMS, summary="Take a lost phone from an account")
def reset_second_factor(name: str, resources: OurResources) -> dict[str, Any]:
    """The password stays; at the next sign-in another phone is set up."""
    with resources.trusted.connection() as connection:
        _existing(connection, resources, name)
        begin_second_factor(connection, name, None)
        account = _existing(connection, resources, name)
    note(resources, "second_factor_reset", name)
    return _tell(account)


def state_of(account: Account) -> State:
    """In one word whether somebody can work with an account."""
    if account.disabled_at is not None:
        return "shut"
    if account.locked_until is not None and account.locked_until > clock.now():
        return "locked"
    return "unready" if account.must_change or not account.second_factor else "active"


def _within(resources: Resources, account: Account) -> bool:
    return all(resources.principal.covers(unit) for unit in account.units)


def _existing(connection: Connection, resources: Resources, name: str) -> Account:
    account = find_account(connection, name)
    if account is None or not _within(resources, account):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("access.unknown_account", name=name))
    return account


def _not_oneself(resources: Resources, name: str) -> None:
    """Nobody shuts himself out, or gives himself rights: another administrator does."""
    if resources.principal.name == name:
        raise Problem(HTTPStatus.CONFLICT, sentence("access.not_oneself"))


def _tell(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "display": account.display,
        "email": account.email,
        "roles": account.roles,
        "units": account.units,
        "state": state_of(account),
        "must_change": account.must_change,
        "second_factor": account.second_factor,
        "locked_until": moment(account.locked_until),
        "disabled_at": moment(account.disabled_at),
        "seen_at": moment(account.seen_at),
    }
