"""A closed unit hands dossiers and accounts to its successor (communes merged on 1/7/2025); what would go is told."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.access.roles import Principal
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.units import PROBLEMS, check_within, existing_unit
from services.dossier.errors import Refused
from services.storage.accounts import Account, change_account, list_accounts
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.succession import Move, count_to_move, move_dossiers
from services.storage.units import find_unit
from services.wording import sentence

router = APIRouter(tags=["units"])

OurResources = Annotated[Resources, Depends(resources_of)]


class SuccessorIn(BaseModel):
    """To which unit."""

    to: str = Field(min_length=1, max_length=40, examples=["06463"])


class MoveAccountsIn(SuccessorIn):
    """And why: the decision by which units were merged."""

    reason: str = Field(min_length=1, max_length=1000, pattern=r"\S")


class MoveIn(MoveAccountsIn):
    """Which dossiers besides."""

    ended: bool = Field(False, description="those too that nothing is left to do for")


class PreviewOut(BaseModel):
    """What would go, and what would stay."""

    unit: str
    to: str
    dossiers: int = Field(description="that somebody still has to do something for")
    ended: int = Field(description="that nothing is left to do for; they go only when asked for")
    same_calendar: bool = Field(description="the same days and hours hold, so no due date moves")
    accounts: list[str] = Field(description="names of accounts that would act for the successor")
    accounts_staying: list[str] = Field(description="your own, and those of units beyond yours")


class MovedAccountsOut(BaseModel):
    """Whose accounts went."""

    unit: str
    to: str
    accounts: list[str]
    accounts_staying: list[str] = Field(description="your own, and those of units beyond yours")


@router.post(
    "/v1/units/{unit}/move-dossiers/preview", response_model=PreviewOut, responses=PROBLEMS,
    summary="What a move to a successor would take",
)  # fmt: skip
def preview(unit: str, asked: SuccessorIn, resources: OurResources) -> dict[str, Any]:
    """How many dossiers and whose accounts, and whether due dates would move; nothing is changed."""
    with resources.trusted.connection() as connection:
        _check_succession(connection, resources.principal, unit, asked.to, _today())
        going, staying = _accounts_of(connection, resources.principal, unit)
        open_, ended = count_to_move(connection, unit)
        same = calendar_of(connection, unit).calendar == calendar_of(connection, asked.to).calendar
    return {
        "unit": unit, "to": asked.to, "dossiers": open_, "ended": ended, "same_calendar": same,
        "accounts": [one.name for one in going], "accounts_staying": [one.name for one in staying],
    }  # fmt: skip


@router.post("/v1/units/{unit}/move-dossiers", responses=PROBLEMS, summary="Move the dossiers of a closed unit")
def move(unit: str, asked: MoveIn, resources: OurResources) -> dict[str, Any]:
    """To its successor. Every dossier keeps its code and history, which tells the reason.

    Open ones get the date that the successor's calendar gives, finished ones stay as judged. Asked again it goes on
    where it was interrupted.
    """
    with resources.trusted.connection() as connection:
        _check_succession(connection, resources.principal, unit, asked.to, _today())
        wanted = Move(
            unit, asked.to, resources.principal.name, clock.now(), asked.reason.strip(), ended=asked.ended
        )  # fmt: skip
        done = move_dossiers(connection, wanted)
    note(resources, "dossiers_moved", unit, to=asked.to, reason=asked.reason, moved=done.moved, dates=done.dates)
    return {"unit": unit, "to": asked.to, "moved": done.moved, "dates_moved": done.dates}


@router.post(
    "/v1/units/{unit}/move-accounts", response_model=MovedAccountsOut, responses=PROBLEMS,
    summary="Move the accounts of a closed unit",
)  # fmt: skip
def move_accounts(unit: str, asked: MoveAccountsIn, resources: OurResources) -> dict[str, Any]:
    """They act for its successor from now on, with the roles they have; their sessions end.

    Your own account stays, and those that act for units beyond yours too: another administrator moves them.
    """
    with resources.trusted.connection() as connection, connection.transaction():
        _check_succession(connection, resources.principal, unit, asked.to, _today())
        going, staying = _accounts_of(connection, resources.principal, unit)
        units = {one.name: _succeed(one.units, unit, asked.to) for one in going}
        for one in going:
            change_account(connection, one.name, one.display, one.roles, units[one.name])
    for one in going:
        note(
            resources, "account_changed", one.name, roles=one.roles, units=units[one.name], roles_before=one.roles,
            units_before=one.units, reason=asked.reason,
        )  # fmt: skip
    names = [one.name for one in going]
    note(resources, "accounts_moved", unit, to=asked.to, reason=asked.reason, accounts=names)
    return {"unit": unit, "to": asked.to, "accounts": names, "accounts_staying": [one.name for one in staying]}


def _accounts_of(connection: Connection, principal: Principal, unit: str) -> tuple[list[Account], list[Account]]:
    """The accounts that act for a unit: those that may be moved, and those that may not."""
    ours = [account for account in list_accounts(connection) if unit in account.units]
    may = [
        account.name != principal.name and all(principal.covers(one) for one in account.units) for account in ours
    ]  # fmt: skip
    going = [account for account, goes in zip(ours, may, strict=True) if goes]
    return going, [account for account, goes in zip(ours, may, strict=True) if not goes]


def _succeed(units: tuple[str, ...], unit: str, to: str) -> tuple[str, ...]:
    """The units of an account with the successor in the old one's place, once."""
    return tuple(dict.fromkeys(to if one == unit else one for one in units))


def _check_succession(connection: Connection, principal: Principal, unit: str, to: str, today: date) -> None:
    source, target = existing_unit(connection, unit), find_unit(connection, to)
    if not source.is_closed(today):
        raise Refused(sentence("access.unit_still_open", unit=source.name))
    if target is None or target.id == unit or target.is_closed(today):
        raise Refused(sentence("access.unit_no_successor", unit=target.name if target else to))
    check_within(connection, principal, [to])


def _today() -> date:
    return clock.in_vietnam(clock.now()).date()
