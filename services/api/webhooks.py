"""Webhooks: systems that are told what happens to dossiers, kept by administrators and integrators."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services import clock
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.messages import tell_message
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.units import check_within
from services.dossier.errors import Refused, TryAgain
from services.dossier.notices import NoticeKind
from services.notify.reach import LONGEST_URL, find_target, read_allowed
from services.storage import webhooks as stored
from services.storage.messages import Wanted, list_messages
from services.storage.webhooks import Webhook
from services.wording import sentence

router = APIRouter(tags=["webhooks"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 409, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


class WebhookIn(BaseModel):
    """A new subscriber; no kind: all of them; no unit: the whole province."""

    name: str = Field(min_length=1, max_length=100, examples=["Trục liên thông tỉnh"])
    url: str = Field(min_length=1, max_length=LONGEST_URL, examples=["https://hub.example.gov.vn/motcua"])
    kinds: list[NoticeKind] = Field([], max_length=len(NoticeKind))
    units: list[Annotated[str, Field(max_length=64)]] = Field([], max_length=100)


@router.get("/v1/webhooks", responses=PROBLEMS, summary="Webhooks")
def list_every(resources: OurResources) -> dict[str, Any]:
    """Who is told of what, and how it goes: never a secret."""
    return {"items": [tell_webhook(one) for one in webhooks_of(resources)]}


@router.post("/v1/webhooks", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Make a webhook")
def make(asked: WebhookIn, resources: OurResources) -> dict[str, Any]:
    """The secret that signs every delivery is answered this once (docs/api.md, Webhooks)."""
    _check_reach(asked.url, resources)
    with resources.trusted.connection() as connection:
        check_within(connection, resources.principal, asked.units, whole_when_none=True)
        id_, secret = stored.add_webhook(
            connection, asked.name, asked.url, asked.kinds, asked.units, by=resources.principal.name, at=clock.now()
        )
    note(resources, "webhook_made", id_, url=asked.url, kinds=asked.kinds, units=asked.units)
    return {"id": id_, "secret": secret}


@router.get("/v1/webhooks/{webhook_id}", responses=PROBLEMS, summary="A webhook")
def read(webhook_id: str, resources: OurResources) -> dict[str, Any]:
    """What it is told, when it last took a delivery, and why it is shut if it is."""
    return tell_webhook(existing_webhook(resources, webhook_id))


@router.post("/v1/webhooks/{webhook_id}/rotate", responses=PROBLEMS, summary="Give a webhook another secret")
def rotate(webhook_id: str, resources: OurResources) -> dict[str, Any]:
    """The new secret, answered this once; the former one signs beside it for 24 hours."""
    existing_webhook(resources, webhook_id)
    now = clock.now()
    with resources.trusted.connection() as connection:
        secret = stored.rotate_secret(connection, webhook_id, now)
    note(resources, "webhook_rotated", webhook_id)
    return {"id": webhook_id, "secret": secret, "old_secret_until": moment(now + timedelta(hours=24))}


@router.post("/v1/webhooks/{webhook_id}/shut", responses=PROBLEMS, summary="Shut a webhook")
def shut(webhook_id: str, resources: OurResources) -> dict[str, Any]:
    """It is told nothing more, and what waits for it is dropped."""
    existing_webhook(resources, webhook_id)
    with resources.trusted.connection() as connection:
        stored.shut_webhook(connection, webhook_id, stored.BY_HAND, clock.now())
    note(resources, "webhook_shut", webhook_id)
    return tell_webhook(existing_webhook(resources, webhook_id))


@router.post("/v1/webhooks/{webhook_id}/open", responses=PROBLEMS, summary="Open a webhook again")
def open_again(webhook_id: str, resources: OurResources) -> dict[str, Any]:
    """It is told of what happens from now on; what was missed is found by asking for the dossiers."""
    _check_reach(existing_webhook(resources, webhook_id).url, resources)
    with resources.trusted.connection() as connection:
        stored.open_webhook(connection, webhook_id)
    note(resources, "webhook_opened", webhook_id)
    return tell_webhook(existing_webhook(resources, webhook_id))


@router.post(
    "/v1/webhooks/{webhook_id}/test", status_code=HTTPStatus.ACCEPTED, responses=PROBLEMS, summary="Try a webhook"
)
def send_test(webhook_id: str, resources: OurResources) -> dict[str, Any]:
    """A delivery of kind `test` within seconds, signed like any other; how it went is among the deliveries."""
    if existing_webhook(resources, webhook_id).shut_at is not None:
        raise Problem(HTTPStatus.CONFLICT, sentence("notice.webhook_shut"))
    with resources.trusted.connection() as connection:
        stored.send_test(connection, webhook_id, clock.now())
    note(resources, "webhook_tried", webhook_id)
    return {"id": webhook_id, "deliveries": f"/v1/webhooks/{webhook_id}/deliveries"}


@router.get("/v1/webhooks/{webhook_id}/deliveries", responses=PROBLEMS, summary="Deliveries of a webhook")
def list_deliveries(
    webhook_id: str,
    resources: OurResources,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="id of the last one seen")] = None,
) -> dict[str, Any]:
    """The newest first: state, attempts, and the sentence that says what went wrong."""
    existing_webhook(resources, webhook_id)
    with resources.trusted.connection() as connection:
        found = list_messages(connection, Wanted(reader=f"webhook:{webhook_id}", before=before), limit)
    return {"items": [tell_message(one) for one in found]}


def webhooks_of(resources: Resources) -> list[Webhook]:
    """Those that reach no further than whoever asks."""
    whoever = resources.principal
    with resources.trusted.connection() as connection:
        found = stored.list_webhooks(connection)
    return [
        one for one in found
        if whoever.units is None or (one.units and all(whoever.covers(unit) for unit in one.units))
    ]  # fmt: skip


def existing_webhook(resources: Resources, webhook_id: str) -> Webhook:
    """The webhook of an address, as far as whoever asks reaches.

    Raises:
        Problem: 404, there is none.
    """
    found = next((one for one in webhooks_of(resources) if one.id == webhook_id), None)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("notice.no_webhook"))
    return found


def tell_webhook(one: Webhook) -> dict[str, Any]:
    """A webhook as JSON."""
    return {
        "id": one.id, "name": one.name, "url": one.url, "kinds": one.kinds or None, "units": one.units or None,
        "created_by": one.created_by, "created_at": moment(one.created_at), "failures": one.failures,
        "delivered_at": moment(one.delivered_at), "shut_at": moment(one.shut_at), "shut_why": one.shut_why or None,
    }  # fmt: skip


def _check_reach(url: str, resources: Resources) -> None:
    try:
        find_target(url, read_allowed(resources.settings.webhook_hosts))
    except TryAgain as error:
        # at this door a name nobody knows is a slip of the pen
        raise Refused(error.sentence) from error
