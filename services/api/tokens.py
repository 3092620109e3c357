"""Tokens for programs, for administrators."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.access.roles import Permit
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.units import check_within
from services.storage.sessions import Token, add_token, list_tokens, revoke_token
from services.wording import sentence

router = APIRouter(tags=["access"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


class TokenIn(BaseModel):
    """A new token; no unit: the whole province."""

    name: str = Field(min_length=1, max_length=100)
    permits: list[Permit] = Field(min_length=1, max_length=40)
    units: list[Annotated[str, Field(max_length=64)]] = Field([], max_length=100)
    days: int = Field(90, ge=1, le=366)


@router.get("/v1/tokens", responses=PROBLEMS, summary="API tokens")
def list_every(resources: OurResources) -> dict[str, Any]:
    """What each may do, for which units, until when, when it was used."""
    return {"items": [_tell(token) for token in _of_mine(resources)]}


@router.post("/v1/tokens", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Make an API token")
def make(asked: TokenIn, resources: OurResources) -> dict[str, Any]:
    """The token is answered this once; only its hash is kept."""
    now = clock.now()
    expires_at = now + timedelta(days=asked.days)
    with resources.trusted.connection() as connection:
        check_within(connection, resources.principal, asked.units, whole_when_none=True)
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
    mine = any(token.id == token_id for token in _of_mine(resources))
    with resources.trusted.connection() as connection:
        if not mine or not revoke_token(connection, token_id, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("access.no_token"))
    note(resources, "token_revoked", token_id)


def _of_mine(resources: Resources) -> list[Token]:
    """The tokens that reach no further than whoever asks."""
    whoever = resources.principal
    with resources.trusted.connection() as connection:
        found = list_tokens(connection)
    return [
        token for token in found
        if whoever.units is None or (token.units and all(whoever.covers(unit) for unit in token.units))
    ]  # fmt: skip


def _tell(token: Token) -> dict[str, Any]:
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
