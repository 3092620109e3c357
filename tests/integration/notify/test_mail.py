"""Letters to a real mail server: plain, STARTTLS, TLS, with an account; refused, away, slow."""

import time

import pytest
import trustme
from pydantic import SecretStr

from services.dossier.errors import CannotProceed, TryAgain
from services.notify.mail import Letter, send_mail
from services.settings import Settings
from services.stack.ports import free_port
from tests.builders.servers import ACCOUNT, ACCOUNT_PASSWORD, mail_server, server_context

LETTER = Letter("hoa@example.org", "Hồ sơ H37: đã tiếp nhận", "Hẹn trả 17:00 25/11/2026.", "0b6e")


def test_a_letter_arrives_as_it_was_written(reaching: Settings) -> None:
    with mail_server() as box:
        send_mail(reaching.model_copy(update={"smtp_port": box.port}), LETTER)
    (letter,) = box.letters
    assert (letter["To"], letter["Subject"]) == (LETTER.to, LETTER.subject)
    assert letter["Message-ID"] == "<0b6e@example.gov.vn>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == LETTER.text


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls(security: str, reaching: Settings, authority: trustme.CA, authority_file: str) -> None:
    """Whom the authority vouches for is told; whom it does not, and who cannot do it at all, hears nothing."""
    asked = {"smtp_security": security, "smtp_ca": authority_file}
    with mail_server(server_context(authority, "127.0.0.1"), implicit=security == "tls") as box:
        here = reaching.model_copy(update=asked | {"smtp_port": box.port})
        send_mail(here, LETTER)
        assert len(box.letters) == 1
        with pytest.raises(TryAgain) as refused:
            send_mail(here.model_copy(update={"smtp_ca": ""}), LETTER)
        assert refused.value.sentence.id == "notice.mail_tls"
    with mail_server(server_context(authority, "other.example"), implicit=security == "tls") as other:
        with pytest.raises(TryAgain) as refused:
            send_mail(reaching.model_copy(update=asked | {"smtp_port": other.port}), LETTER)
        assert refused.value.sentence.id == "notice.mail_tls"
    with mail_server() as plain, pytest.raises(TryAgain):
        send_mail(reaching.model_copy(update=asked | {"smtp_port": plain.port}), LETTER)
    assert len(box.letters) == 1
    assert not other.letters + plain.letters


def test_with_an_account(reaching: Settings) -> None:
    with mail_server(login=True) as box:
        named = {"smtp_port": box.port, "smtp_user": ACCOUNT.decode()}
        right = named | {"smtp_password": SecretStr(ACCOUNT_PASSWORD.decode())}
        send_mail(reaching.model_copy(update=right), LETTER)
        with pytest.raises(TryAgain) as refused:
            send_mail(reaching.model_copy(update=named | {"smtp_password": SecretStr("wrong")}), LETTER)
    assert refused.value.sentence.id == "notice.mail_login"
    assert len(box.letters) == 1


def test_what_is_refused(reaching: Settings) -> None:
    """An address that is none is for a person, a full mailbox is for later; no address stands in the sentence."""
    with mail_server() as box:
        here = reaching.model_copy(update={"smtp_port": box.port})
        box.refused = {LETTER.to: "550 5.1.1 no such user hoa@example.org"}
        with pytest.raises(CannotProceed) as never:
            send_mail(here, LETTER)
        box.refused = {LETTER.to: "452 4.2.2 mailbox of hoa@example.org is full"}
        with pytest.raises(TryAgain) as later:
            send_mail(here, LETTER)
        box.refused = {}
        box.answer = "554 5.7.1 spam"
        with pytest.raises(CannotProceed):
            send_mail(here, LETTER)
        box.answer = "451 4.7.1 greylisted"
        with pytest.raises(TryAgain):
            send_mail(here, LETTER)
    assert "550" in str(never.value)
    assert "452" in str(later.value)
    assert "hoa" not in str(never.value) + str(later.value)
    assert not box.letters


def test_away_and_slow(reaching: Settings) -> None:
    with pytest.raises(TryAgain) as away:
        send_mail(reaching.model_copy(update={"smtp_port": free_port()}), LETTER)
    assert away.value.sentence.id == "notice.mail_away"
    with mail_server() as box:
        box.wait_s = 3.0
        began = time.monotonic()
        with pytest.raises(TryAgain) as slow:
            send_mail(reaching.model_copy(update={"smtp_port": box.port, "notify_timeout_s": 0.5}), LETTER)
        assert time.monotonic() - began < 2.5
    assert slow.value.sentence.id == "notice.mail_away"
