"""Accounts and tokens, for administrators."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.access.passwords import invent_password
from services.access.roles import Permit, Role
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.accounts import (
    Account,
    add_account,
    begin_second_factor,
    disable_account,
    find_account,
    list_accounts,
    set_password,
)
from services.storage.sessions import Token, add_token, list_tokens, revoke_token
from services.wording import sentence

router = APIRouter(tags=["access"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


class AccountIn(BaseModel):
    """A new account; its first password is answered once."""

    name: str = Field(max_length=64, examples=["nong.thi.hoa"])
    display: str = Field("", max_length=200)
    roles: list[Role] = Field(min_length=1, max_length=7)
    units: list[Annotated[str, Field(max_length=64)]] = Field(min_length=1, max_length=100)


class TokenIn(BaseModel):
    """A new token; no unit: the whole province."""

    name: str = Field(min_length=1, max_length=100)
    permits: list[Permit] = Field(min_length=1, max_length=30)
    units: list[Annotated[str, Field(max_length=64)]] = Field([], max_length=100)
    days: int = Field(90, ge=1, le=366)


@router.get("/v1/accounts", responses=PROBLEMS, summary="Accounts")
def list_all(resources: OurResources) -> dict[str, Any]:
    """Everybody who may sign in."""
    with resources.trusted.connection() as connection:
        return {"items": [_tell(account) for account in list_accounts(connection)]}


@router.post("/v1/accounts", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Add an account")
def add(asked: AccountIn, resources: OurResources) -> dict[str, Any]:
    """The password answered here must be changed at the first sign-in."""
    password = invent_password()
    with resources.trusted.connection() as connection:
        account = add_account(
            connection, asked.name, password, asked.roles, asked.units, display=asked.display, at=clock.now()
        )
    note(resources, "account_added", asked.name, roles=asked.roles, units=asked.units)
    return _tell(account) | {"password": password}


@router.post("/v1/accounts/{name}/disable", responses=PROBLEMS, summary="Shut an account")
def disable(name: str, resources: OurResources) -> dict[str, Any]:
    """Its sessions end at once; nothing of it is deleted."""
    with resources.trusted.connection() as connection:
        disable_account(connection, name, clock.now())
        account = _existing(find_account(connection, name), name)
    note(resources, "account_disabled", name)
    return _tell(account)


@router.post("/v1/accounts/{name}/enable", responses=PROBLEMS, summary="Open an account again")
def enable(name: str, resources: OurResources) -> dict[str, Any]:
    """It may sign in again."""
    with resources.trusted.connection() as connection:
        disable_account(connection, name, None)
        account = _existing(find_account(connection, name), name)
    note(resources, "account_enabled", name)
    return _tell(account)


@router.post("/v1/accounts/{name}/reset", responses=PROBLEMS, summary="Give an account a new password")
def reset(name: str, resources: OurResources) -> dict[str, Any]:
    """For somebody who lost his password or phone: a first password again, and no second factor."""
    password = invent_password()
    with resources.trusted.connection() as connection:
        account = _existing(find_account(connection, name), name)
        set_password(connection, name, password, clock.now(), must_change=True)
        begin_second_factor(connection, name, None)
    note(resources, "account_reset", name)
    return _tell(account) | {"password": password, "must_change": True, "second_factor": False}


@router.get("/v1/tokens", responses=PROBLEMS, summary="API tokens")
def list_every(resources: OurResources) -> dict[str, Any]:
    """What each may do, for which units, until when, when it was used."""
    with resources.trusted.connection() as connection:
        return {"items": [_tell_token(token) for token in list_tokens(connection)]}


@router.post("/v1/tokens", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Make an API token")
def make(asked: TokenIn, resources: OurResources) -> dict[str, Any]:
    """The token is answered this once; only its hash is kept."""
    now = clock.now()
    expires_at = now + timedelta(days=asked.days)
    with resources.trusted.connection() as connection:
        token = add_token(
            connection, asked.name, asked.permits, asked.units, by=resources.principal.name, at=now,
            expires_at=expires_at,
        )  # fmt: skip
    note(resources, "token_made", asked.name, permits=asked.permits, units=asked.units)
    return {"token": token, "expires_at": moment(expires_at)}


@router.delete(
    "/v1/tokens/{token_id}", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS, summary="Shut an API token"
)
def revoke(token_id: str, resources: OurResources) -> None:
    """It is refused from now on."""
    with resources.trusted.connection() as connection:
        if not revoke_token(connection, token_id, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("access.no_token"))
    note(resources, "token_revoked", token_id)


def _existing(account: Account | None, name: str) -> Account:
    if account is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("access.unknown_account", name=name))
    return account


def _tell(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "display": account.display,
        "roles": account.roles,
        "units": account.units,
        "must_change": account.must_change,
        "second_factor": account.second_factor,
        "locked_until": moment(account.locked_until),
        "disabled_at": moment(account.disabled_at),
        "seen_at": moment(account.seen_at),
    }


def _tell_token(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "permits": token.permits,
        "units": token.units or None,
        "created_by": token.created_by,
        "expires_at": moment(token.expires_at),
        "revoked_at": moment(token.revoked_at),
        "used_at": moment(token.used_at),
    }
