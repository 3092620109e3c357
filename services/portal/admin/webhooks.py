"""Webhooks: which systems are told of what, how their deliveries went; a secret is shown once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from services.access.units import walk_tree
from services.api import webhooks as api
from services.api.database import Resources, resources_of
from services.api.messages import retry
from services.dossier.notices import NoticeKind
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.units import list_units

router = APIRouter(prefix="/quan-tri/bao-tin")

OurResources = Annotated[Resources, Depends(resources_of)]
Chosen = Annotated[list[str], Form(default_factory=list)]
Text = Annotated[str, Form()]
ROWS = 50
KINDS = tuple(kind for kind in NoticeKind if kind is not NoticeKind.TEST)
DEEDS = {
    "thu": (api.send_test, "tried"),
    "dong": (api.shut, "shut"),
    "mo": (api.open_again, "opened"),
}


@router.get("")
def list_all(request: Request, resources: OurResources) -> HTMLResponse:
    """Every subscriber, and the form of a new one."""
    return _list(request, resources)


@router.post("")
def make(
    request: Request, resources: OurResources, kinds: Chosen, units: Chosen, name: Text = "", url: Text = ""
) -> HTMLResponse:
    """The new subscriber with the secret that signs its deliveries, which nobody sees again."""
    typed = {"name": name.strip(), "url": url.strip(), "kinds": kinds, "units": units}
    try:
        made = api.make(api.WebhookIn.model_validate(typed), resources)
    except FAULTS as fault:
        return _list(request, resources, typed, fault)
    return show(request, "webhook_secret.html", id=made["id"], secret=made["secret"], name=typed["name"], until="")


@router.get("/{webhook_id}")
def read(
    request: Request, webhook_id: str, resources: OurResources, before: Annotated[int | None, Query(ge=0)] = None
) -> HTMLResponse:
    """One subscriber and its deliveries, newest first."""
    return _one(request, resources, webhook_id, before=before)


@router.post("/{webhook_id}/khoa-ky")
def rotate(request: Request, webhook_id: str, resources: OurResources) -> HTMLResponse:
    """Another secret, shown once; the former one signs beside it for a day."""
    name, made = api.read(webhook_id, resources)["name"], api.rotate(webhook_id, resources)
    return show(
        request, "webhook_secret.html", id=webhook_id, secret=made["secret"], name=name, until=made["old_secret_until"]
    )


@router.post("/{webhook_id}/viec/{deed}")
def do(request: Request, webhook_id: str, deed: str, resources: OurResources) -> Response:
    """A test delivery, shut, open again."""
    act, done = DEEDS.get(deed, DEEDS["thu"])
    try:
        act(webhook_id, resources)
    except FAULTS as fault:
        return _one(request, resources, webhook_id, fault)
    return go(f"/quan-tri/bao-tin/{webhook_id}", f"webhook_{done}")


@router.post("/{webhook_id}/gui-lai/{message_id}")
def send_again(webhook_id: str, message_id: int, resources: OurResources) -> Response:
    """A delivery that was given up, tried from the beginning; one that somebody else revived waits no longer."""
    api.existing_webhook(resources, webhook_id)
    try:
        retry(message_id, resources)
    except FAULTS:
        return go(f"/quan-tri/bao-tin/{webhook_id}", "message_gone")
    return go(f"/quan-tri/bao-tin/{webhook_id}", "message_retried")


def _list(
    request: Request, resources: Resources, typed: dict[str, Any] | None = None, fault: Fault | None = None
) -> HTMLResponse:
    with resources.writing.connection() as connection:
        units = [unit for unit in list_units(connection) if resources.principal.covers(unit.id)]
    return show(
        request, "webhooks.html", fault=fault, found=api.list_every(resources)["items"], kinds=KINDS,
        tree=walk_tree(units), typed=typed or {"name": "", "url": "", "kinds": [], "units": []},
    )  # fmt: skip


def _one(
    request: Request, resources: Resources, webhook_id: str, fault: Fault | None = None, before: int | None = None
) -> HTMLResponse:
    told = api.read(webhook_id, resources)
    deliveries = api.list_deliveries(webhook_id, resources, limit=ROWS, before=before)["items"]
    return show(
        request, "webhook.html", fault=fault, hook=told, deliveries=deliveries,
        older=deliveries[-1]["id"] if len(deliveries) == ROWS else None,
    )  # fmt: skip
