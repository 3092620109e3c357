"""One message made ready to go: whose address, which words, which way; the database is asked now, the network later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services import clock
from services.dossier.errors import CannotProceed
from services.dossier.notices import Way
from services.notify.mail import Letter, send_mail
from services.notify.text_gateway import HttpGateway, Text, read_phone
from services.notify.webhook import Delivery, deliver
from services.notify.words import letter_of, subject_of, text_of
from services.settings import Settings
from services.storage.database import Connection
from services.storage.messages import Message
from services.storage.readers import address_of
from services.storage.webhooks import secrets_of
from services.wording import sentence


@dataclass(frozen=True, slots=True)
class Ready:
    """A message and the call that sends it, which may be made in another thread."""

    message: Message
    send: Callable[[], None]


def make_ready(connection: Connection, settings: Settings, message: Message, at: datetime) -> Ready | None:
    """The message ready to go; None when its reader takes no messages any more.

    Raises:
        CannotProceed: its way is not set up, or the address is none.
    """
    if message.way is Way.WEBHOOK:
        return _webhook(connection, settings, message, at)
    address = address_of(connection, message.reader, message.dossier_id, message.way)
    if not address:
        return None
    if message.way is Way.EMAIL:
        return Ready(message, _mail(settings, message, address))
    if not settings.sms_url:
        raise CannotProceed(sentence("notice.no_gateway"))
    words = text_of(message.kind, message.facts, settings.public_url)
    text = Text(read_phone(address), words, message.key, message.kind, message.facts)
    return Ready(message, lambda: HttpGateway(settings).send(text))


def _mail(settings: Settings, message: Message, address: str) -> Callable[[], None]:
    if not settings.smtp_host:
        raise CannotProceed(sentence("notice.no_mail"))
    letter = Letter(
        address, subject_of(message.kind, message.facts),
        letter_of(message.kind, message.facts, settings.public_url), message.key,
    )  # fmt: skip
    return lambda: send_mail(settings, letter)


def _webhook(connection: Connection, settings: Settings, message: Message, at: datetime) -> Ready | None:
    found = secrets_of(connection, message.reader.partition(":")[2], at)
    if found is None:
        return None
    url, secrets = found
    told_at = clock.in_vietnam(message.created_at)
    delivery = Delivery(url, secrets, message.key, message.kind, told_at, message.facts)
    return Ready(message, lambda: deliver(settings, delivery, clock.now()))
