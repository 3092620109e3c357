"""Asks a running server, as the widget does: a question it hands over gets a ticket there."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import httpx

from services.dossier.errors import CannotProceed, Refused
from services.stack.submit import TIMEOUT_S
from services.wording import sentence


def ask_server(client: httpx.Client, turns: Sequence[str]) -> list[dict[str, Any]]:
    """The replies to the turns of one talk, as `POST /v1/assistant/messages` gives them.

    Raises:
        CannotProceed: the server does not answer.
        Refused: it does not take the question.
    """
    replies: list[dict[str, Any]] = []
    for turn in turns:
        talk = replies[-1]["talk"] if replies else ""
        try:
            answered = client.post("/v1/assistant/messages", json={"text": turn, "talk": talk}, timeout=TIMEOUT_S)
        except httpx.HTTPError:
            raise CannotProceed(sentence("stack.server_away", url=str(client.base_url))) from None
        if answered.status_code != HTTPStatus.OK:
            raise Refused(sentence("stack.refused_question", status=answered.status_code))
        replies.append(answered.json())
    return replies
