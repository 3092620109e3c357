"""Optional: an OpenAI-compatible model says a composed answer more plainly; off unless an endpoint is set.

It sees the composed answer and nothing else, neither the question nor the talk, so it can neither be instructed by a
citizen nor learn who asks. What it sends back is checked (`faithful`); whatever fails, the composed answer is sent.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx

from services.assistant.behaviour import Behaviour, Reply
from services.assistant.faithful import is_faithful
from services.logs import get_logger
from services.settings import Settings
from services.wording import Language, sentence

log = get_logger(__name__)

LARGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read; a composed answer has a few thousand."""

TEMPERATURE = 0.2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: the URL up to `/v1`, a model, a key and how many seconds a whole answer may take."""

    url: str
    model: str
    key: str
    seconds: float


def build_rephrase(settings: Settings) -> Callable[[Reply, Language], Reply] | None:
    """The rephrasing of the settings; None when no endpoint is set."""
    if not settings.assistant_llm_url:
        return None
    endpoint = Endpoint(
        settings.assistant_llm_url,
        settings.assistant_llm_model,
        settings.assistant_llm_key.get_secret_value(),
        settings.assistant_llm_seconds,
    )
    return lambda reply, language: rephrase(reply, language, endpoint)


def rephrase(reply: Reply, language: Language, endpoint: Endpoint) -> Reply:
    """An answer said more plainly where that can be trusted, else the answer as composed; never an error."""
    if reply.behaviour is not Behaviour.ANSWER:
        return reply
    body, lasting = _split(reply.text)
    try:
        text = ask_model(body, language, endpoint)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, IndexError, TypeError) as error:
        log.warning("rephrasing_failed", error=type(error).__name__)
        return reply
    if not is_faithful(text, body):
        log.warning("rephrasing_rejected", length=len(text))
        return reply
    return replace(reply, text=f"{text.strip()}\n{lasting}")


def _split(text: str) -> tuple[str, str]:
    """What may be said otherwise, and the lines of source and machine, which stay as they are."""
    lines = text.splitlines()
    return "\n".join(lines[:-2]), "\n".join(lines[-2:])


def ask_model(text: str, language: Language, endpoint: Endpoint) -> str:
    """What the model makes of a text.

    Raises:
        httpx.HTTPError: it cannot be reached, takes too long or refuses.
        ValueError: its answer is too large or is none of this protocol; also KeyError, IndexError, TypeError.
    """
    body = {
        "model": endpoint.model,
        "temperature": TEMPERATURE,
        "messages": [
            {"role": "system", "content": sentence("assistant.rephrase_task").say(language)},
            {"role": "user", "content": text},
        ],
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    until = time.monotonic() + endpoint.seconds
    received = bytearray()
    url = f"{endpoint.url.rstrip('/')}/chat/completions"
    with httpx.stream("POST", url, json=body, headers=headers, timeout=endpoint.seconds) as response:
        response.raise_for_status()
        for part in response.iter_bytes():
            received += part
            # a server that drips one byte at a time never meets the timeout of a single read
            if len(received) > LARGEST_ANSWER or time.monotonic() > until:
                raise httpx.ReadTimeout(endpoint.url)
    content = json.loads(received)["choices"][0]["message"]["content"]
    if not isinstance(content, str):
        raise TypeError(type(content))
    return content
