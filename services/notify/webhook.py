"""Signed deliveries to subscribed systems, in the form of Standard Webhooks (standardwebhooks.com).

Three headers: `webhook-id` (the same at every attempt), `webhook-timestamp` (seconds, of this attempt) and
`webhook-signature`, `v1,` with the base64 of HMAC-SHA256 over `id.timestamp.body`; two of them while a secret is being
changed. Redirects are not followed, answers are not read, and the whole takes no longer than the settings allow.
"""

import asyncio
import base64
import hashlib
import hmac
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx
import orjson

from services.dossier.errors import CannotProceed, Refused, TryAgain
from services.notify.reach import Target, find_target, read_allowed
from services.settings import Settings
from services.storage.webhooks import SECRET_HEAD
from services.wording import sentence


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is sent where; `secrets` sign it, the newest first."""

    url: str
    secrets: tuple[str, ...]
    key: str
    kind: str
    at: datetime
    facts: Mapping[str, Any]


class Gone(CannotProceed):
    """The server says that the address is there no more (410): the webhook is to be shut."""


def sign(secrets: Sequence[str], key: str, seconds: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    signed = b".".join((key.encode(), str(seconds).encode(), body))
    marks = []
    for secret in secrets:
        digest = hmac.new(base64.b64decode(secret.removeprefix(SECRET_HEAD)), signed, hashlib.sha256).digest()
        marks.append(f"v1,{base64.b64encode(digest).decode()}")
    return " ".join(marks)


def deliver(settings: Settings, delivery: Delivery, now: datetime) -> None:
    """Send it, and see that it was taken (2xx).

    Raises:
        TryAgain: it was not, and may be later.
        CannotProceed: its address may not be reached.
        Gone: it is to be shut.
    """
    try:
        target = find_target(delivery.url, read_allowed(settings.webhook_hosts))
    except Refused as error:
        raise CannotProceed(error.sentence) from None
    body = orjson.dumps({
        "id": delivery.key, "type": delivery.kind, "timestamp": delivery.at.isoformat(), "data": dict(delivery.facts)
    })  # fmt: skip
    seconds = int(now.timestamp())
    headers = {
        "Host": _host_header(target), "Content-Type": "application/json", "User-Agent": "motcua",
        "Accept-Encoding": "identity", "webhook-id": delivery.key, "webhook-timestamp": str(seconds),
        "webhook-signature": sign(delivery.secrets, delivery.key, seconds, body),
    }  # fmt: skip
    try:
        status = asyncio.run(_post(settings, target, headers, body))
    except (httpx.TransportError, ssl.SSLError, TimeoutError, OSError) as error:
        raise TryAgain(sentence("notice.webhook_away", host=target.host, error=type(error).__name__)) from None
    if status == HTTPStatus.GONE:
        raise Gone(sentence("notice.webhook_gone", host=target.host))
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise TryAgain(sentence("notice.webhook_refused", host=target.host, status=status))


async def _post(settings: Settings, target: Target, headers: dict[str, str], body: bytes) -> int:
    """The status of the answer; the connection goes to the number that was looked at, the certificate to the name."""
    context = ssl.create_default_context(cafile=settings.webhook_ca or None)
    address = f"[{target.address}]" if ":" in target.address else target.address
    url = f"{target.scheme}://{address}:{target.port}{target.path}"
    # a limit for the whole: one for each read lets a server send a letter at a time for ever
    async with (
        asyncio.timeout(settings.notify_timeout_s),
        httpx.AsyncClient(verify=context, timeout=settings.notify_timeout_s, trust_env=False) as client,
        client.stream(
            "POST", url, headers=headers, content=body, follow_redirects=False,
            extensions={"sni_hostname": target.host},
        ) as answer,
    ):  # fmt: skip
        return answer.status_code


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = {"https": 443, "http": 80}[target.scheme]
    return host if target.port == usual else f"{host}:{target.port}"
