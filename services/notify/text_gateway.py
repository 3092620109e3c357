"""Text messages and Zalo through one port: whoever can send to a phone number.

The adapter speaks plain HTTP with JSON to a gateway of the province's choice (docs/api.md, Text messages); what differs
between providers belongs into that gateway.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from services.dossier.errors import CannotProceed, TryAgain
from services.settings import Settings
from services.wording import sentence

_PHONE = re.compile(r"(?:\+?84|0)(\d{9})")
# answers after which the same message may be taken another time
LATER = frozenset({401, 403, 404, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class Text:
    """A text message; `template` and `facts` are for channels that send only approved templates (Zalo)."""

    to: str
    text: str
    key: str
    template: str
    facts: Mapping[str, Any]


class TextGateway(Protocol):
    """Whoever can send a text message."""

    def send(self, text: Text) -> None:
        """Take a message over.

        Raises:
            TryAgain: it may work later.
            CannotProceed: not for this number or message.
        """


class HttpGateway:
    """`POST` to the address of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._url, self._token = settings.sms_url, settings.sms_token.get_secret_value()
        self._timeout_s = settings.notify_timeout_s

    def send(self, text: Text) -> None:
        """Take a message over; 2xx is yes, 5xx and a few others are later, the rest is no."""
        body = {"id": text.key, "to": text.to, "text": text.text, "template": text.template, "facts": dict(text.facts)}
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            answer = httpx.post(
                self._url, json=body, timeout=self._timeout_s, headers=headers | {"Idempotency-Key": text.key}
            )
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise TryAgain(sentence("notice.gateway_away", error=type(error).__name__)) from None
        if answer.is_success:
            return
        said = sentence("notice.gateway_refused", status=answer.status_code)
        if answer.status_code in LATER or answer.is_server_error or answer.is_redirect:
            raise TryAgain(said)
        raise CannotProceed(said)


def read_phone(written: str) -> str:
    """A number of this country as `84…`.

    Raises:
        CannotProceed: it is none.
    """
    found = _PHONE.fullmatch(re.sub(r"[\s.()-]", "", written))
    if found is None:
        raise CannotProceed(sentence("notice.no_phone"))
    return f"84{found[1]}"
