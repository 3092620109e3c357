"""Webhooks of other channels: what people write there is answered there, by the same assistant."""

import hmac
from http import HTTPStatus
from typing import Annotated

import httpx
import orjson
from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response

from services import clock
from services.api.assistant import LONGEST, PROBLEMS, desk_of
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.assistant.channels import Channel, Keys, Said, is_signed, key_of, read_messages, write_replies
from services.assistant.serve import handle_message
from services.logs import get_logger
from services.settings import Settings
from services.storage.assistant_rate import take_turn
from services.wording import sentence

router = APIRouter(tags=["assistant"])
log = get_logger(__name__)

SEND_S = 10.0
OurResources = Annotated[Resources, Depends(resources_of)]


@router.get("/v1/assistant/channels/{channel}", responses=PROBLEMS, summary="Confirm a webhook")
def confirm_webhook(
    channel: Channel,
    resources: OurResources,
    token: Annotated[str, Query(alias="hub.verify_token", max_length=200)] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=200, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Facebook asks once whether the address is the office's: its challenge comes back where the token is right."""
    due = resources.settings.assistant_facebook_verify.get_secret_value()
    if channel is not Channel.FACEBOOK or not due or not hmac.compare_digest(due.encode(), token.encode()):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_channel", channel=channel))
    return Response(challenge, media_type="text/plain")


@router.post("/v1/assistant/channels/{channel}", status_code=200, responses=PROBLEMS, summary="Messages of a channel")
async def take_messages(
    channel: Channel, request: Request, resources: OurResources, later: BackgroundTasks
) -> Response:
    """Signed by the channel, else 404; answered after the channel has its 200, and sent to it by its own API."""
    keys = keys_of(channel, resources.settings)
    body = await request.body()
    if not keys.secret or not is_signed(channel, body, request.headers, keys):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_channel", channel=channel))
    try:
        event = orjson.loads(body)
    except orjson.JSONDecodeError:
        event = None
    for said in read_messages(channel, event):
        later.add_task(answer_there, resources, channel, said)
    return Response(status_code=HTTPStatus.OK)


def answer_there(resources: Resources, channel: Channel, said: Said) -> None:
    """Answer one message and send the answer; what cannot be sent is logged without its words."""
    settings, keys = resources.settings, keys_of(channel, resources.settings)
    key = key_of(channel, said.sender, keys)
    if not settings.assistant_on:
        return
    with resources.writing.connection() as connection:
        limit = settings.assistant_rate
        if limit and take_turn(connection, key, limit, clock.now()):
            return
        desk = desk_of(connection, settings)
        outcome = handle_message(connection, desk, key, said.text[:LONGEST], clock.now(), keeps_key=True)
    headers, bodies = write_replies(channel, said.sender, outcome.reply.text, keys)
    try:
        for body in bodies:
            httpx.post(keys.url, headers=headers, json=body, timeout=SEND_S).raise_for_status()
    except httpx.HTTPError as error:
        log.warning("answer_not_sent", channel=channel.value, error=type(error).__name__)


def keys_of(channel: Channel, settings: Settings) -> Keys:
    """What the settings say of a channel."""
    if channel is Channel.FACEBOOK:
        secret, token = settings.assistant_facebook_secret, settings.assistant_facebook_token
        return Keys(secret.get_secret_value(), token.get_secret_value(), settings.assistant_facebook_url)
    secret, token = settings.assistant_zalo_secret, settings.assistant_zalo_token
    return Keys(
        secret.get_secret_value(), token.get_secret_value(), settings.assistant_zalo_url, settings.assistant_zalo_app
    )
