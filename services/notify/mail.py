"""Mail over SMTP: one letter, one connection; what a server says is sorted by whether it may be asked again.

A refusal of the address itself (RFC 5321: 5yz) is for a person; everything else, a server that is away, slow, without
TLS or of another mind about our account, is mended by whoever runs it, and the letter is tried again.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from services.dossier.errors import CannotProceed, TryAgain
from services.settings import Settings
from services.wording import sentence

PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter; `key` makes its Message-ID, the same at every attempt, so that a mailbox can drop the second."""

    to: str
    subject: str
    text: str
    key: str


def send_mail(settings: Settings, letter: Letter) -> None:
    """Hand a letter to the server.

    Raises:
        TryAgain: it is away, or will not take it now.
        CannotProceed: it will not take it for this address, now or later.
    """
    try:
        with _connect(settings) as server:
            server.send_message(_compose(settings, letter))
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _sorted(code) from None
    except smtplib.SMTPDataError as error:
        raise _sorted(error.smtp_code) from None
    except smtplib.SMTPSenderRefused as error:
        raise TryAgain(sentence("notice.sender_refused", code=error.smtp_code)) from None
    except smtplib.SMTPAuthenticationError:
        raise TryAgain(sentence("notice.mail_login")) from None
    except ssl.SSLError:
        raise TryAgain(sentence("notice.mail_tls", host=settings.smtp_host)) from None
    except smtplib.SMTPNotSupportedError:
        raise TryAgain(sentence("notice.mail_unable", host=settings.smtp_host)) from None
    except (smtplib.SMTPException, OSError) as error:
        raise TryAgain(sentence("notice.mail_away", host=settings.smtp_host, error=type(error).__name__)) from None


def _connect(settings: Settings) -> smtplib.SMTP:
    """A connection that is as secret as the settings ask, or none: it never falls back to plain text."""
    context = ssl.create_default_context(cafile=settings.smtp_ca or None)
    where, wait = (settings.smtp_host, settings.smtp_port), settings.notify_timeout_s
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=wait, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=wait)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _compose(settings: Settings, letter: Letter) -> EmailMessage:
    made = EmailMessage()
    made["From"] = settings.smtp_sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = formatdate()
    made["Message-ID"] = f"<{letter.key}@{settings.smtp_sender.rpartition('@')[2] or 'motcua'}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = "vi, en"
    made.set_content(letter.text)
    return made


def _sorted(code: int) -> TryAgain | CannotProceed:
    if code >= PERMANENT:
        return CannotProceed(sentence("notice.address_refused", code=code))
    return TryAgain(sentence("notice.mail_later", code=code))
