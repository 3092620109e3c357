"""Deliveries to a real HTTP server, checked by an implementation of the standard that is not ours."""

import time
from datetime import timedelta

import orjson
import pytest
import trustme
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from services import clock
from services.dossier.errors import CannotProceed, TryAgain
from services.dossier.notices import MessageState
from services.notify.notifier import Notifier
from services.notify.webhook import Delivery, deliver
from services.settings import Settings
from services.storage.database import Connection
from services.storage.messages import MessageRow, Wanted, list_messages
from services.storage.webhooks import add_webhook, find_webhook, open_webhook, rotate_secret, send_test
from tests.builders.servers import http_server, server_context

SECRET = "whsec_" + "bW90Y3VhLW1vdGN1YS1tb3RjdWE="


def subscribe(connection: Connection, url: str) -> tuple[str, str]:
    return add_webhook(connection, "Trục", url, [], [], by="admin", at=clock.now())


def work(connection: Connection, settings: Settings, id_: str, times: int = 1) -> list[MessageRow]:
    """Send a test to a webhook and let the notifier work until nothing is due within a moment, several times."""
    send_test(connection, id_, clock.now())
    for _ in range(times):
        Notifier(settings).work_off(connection)
        time.sleep(0.03)
    return list_messages(connection, Wanted(reader=f"webhook:{id_}"), 100)


def delivery(url: str) -> Delivery:
    return Delivery(url, (SECRET,), "0b6e2a", "test", clock.now(), {"code": "H37"})


def test_a_delivery_is_signed(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        id_, secret = subscribe(connection, server.url)
        (row,) = work(connection, reaching, id_)
    assert (row.state, row.attempts) == (MessageState.SENT, 1)
    (heard,) = server.heard
    Verifier(secret).verify(heard.body, heard.headers)
    body = orjson.loads(heard.body)
    assert (body["id"], body["type"]) == (heard.headers["webhook-id"], "test") == (row.key, "test")
    for other in (heard.body + b" ", heard.body.replace(b"test", b"tset")):
        with pytest.raises(WebhookVerificationError):
            Verifier(secret).verify(other, heard.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(heard.body, heard.headers)


def test_while_a_secret_changes_both_sign(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        id_, old = subscribe(connection, server.url)
        new = rotate_secret(connection, id_, clock.now())
        work(connection, reaching, id_)
        connection.execute("UPDATE webhook SET old_secret_until = %s", (clock.now() - timedelta(seconds=1),))
        work(connection, reaching, id_)
    during, after = server.heard
    for secret in (old, new):
        Verifier(secret).verify(during.body, during.headers)
    Verifier(new).verify(after.body, after.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(after.body, after.headers)


def test_what_fails_is_tried_again_with_the_same_key(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        server.status = 503
        id_, _ = subscribe(connection, server.url)
        (row,) = work(connection, reaching, id_)
        assert row.state == MessageState.WAITING
        assert row.problem is not None
        assert "503" in row.problem.say()
        server.status = 204
        Notifier(reaching).work_off(connection)
        time.sleep(0.1)
        Notifier(reaching).work_off(connection)
    (row,) = list_messages(connection, Wanted(reader=f"webhook:{id_}"), 10)
    assert row.state == MessageState.SENT
    assert row.attempts == len(server.heard) >= 2
    assert {heard.headers["webhook-id"] for heard in server.heard} == {row.key}
    found = find_webhook(connection, id_)
    assert found is not None
    assert found.failures == 0


def test_after_the_last_attempt_it_is_dead_and_seen(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        server.status = 500
        id_, _ = subscribe(connection, server.url)
        (row,) = work(connection, reaching.model_copy(update={"notify_attempts": 2}), id_, times=4)
    assert (row.state, row.attempts) == (MessageState.DEAD, 2)
    assert len(server.heard) == 2


def test_one_that_fails_again_and_again_is_shut(connection: Connection, reaching: Settings) -> None:
    """Nothing more is sent to it, what waits is dropped, the audit log says so; opened again it is told again."""
    with http_server() as server:
        server.status = 500
        id_, _ = subscribe(connection, server.url)
        send_test(connection, id_, clock.now())
        rows = work(connection, reaching.model_copy(update={"webhook_failures": 3}), id_, times=8)
        found = find_webhook(connection, id_)
        assert found is not None
        assert found.shut_why == "failing"
        assert {row.state for row in rows} == {MessageState.DROPPED}
        assert 3 <= len(server.heard) <= 4
        deed = connection.execute("SELECT action, data ->> 'why' FROM audit WHERE subject = %s", (id_,)).fetchall()
        assert deed == [("webhook_shut", "failing")]
        server.status = 200
        open_webhook(connection, id_)
        assert work(connection, reaching, id_)[0].state == MessageState.SENT


def test_gone_shuts_at_once(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        server.status = 410
        id_, _ = subscribe(connection, server.url)
        (row,) = work(connection, reaching, id_)
    found = find_webhook(connection, id_)
    assert found is not None
    assert (found.shut_why, row.state, len(server.heard)) == ("gone", MessageState.DEAD, 1)


def test_inside_is_not_reached_even_when_it_was_written_before(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        id_, _ = subscribe(connection, server.url)
        (row,) = work(connection, reaching.model_copy(update={"webhook_hosts": ""}), id_)
    assert row.state == MessageState.DEAD
    assert row.problem is not None
    assert row.problem.id == "notice.inside"
    assert not server.heard


def test_redirects_are_not_followed(reaching: Settings) -> None:
    with http_server() as inside, http_server() as server:
        server.status, server.location = 307, inside.url
        with pytest.raises(TryAgain):
            deliver(reaching, delivery(server.url), clock.now())
    assert len(server.heard) == 1
    assert not inside.heard


@pytest.mark.parametrize("fault", [{"wait_s": 5.0}, {"drips": True}])
def test_a_slow_server_is_given_up_in_time(fault: dict[str, object], reaching: Settings) -> None:
    with http_server() as server:
        for name, value in fault.items():
            setattr(server, name, value)
        began = time.monotonic()
        with pytest.raises(TryAgain):
            deliver(reaching.model_copy(update={"notify_timeout_s": 1.0}), delivery(server.url), clock.now())
        assert time.monotonic() - began < 3.0


def test_over_tls_the_name_is_checked_though_the_number_is_called(
    reaching: Settings, authority: trustme.CA, authority_file: str
) -> None:
    trusting = reaching.model_copy(update={"webhook_ca": authority_file})
    with http_server(server_context(authority, "localhost")) as server:
        url = f"https://localhost:{server.port}/hook?a=b"
        deliver(trusting, delivery(url), clock.now())
        assert (server.heard[0].headers["host"], server.heard[0].path) == (f"localhost:{server.port}", "/hook?a=b")
        with pytest.raises(TryAgain):
            deliver(reaching, delivery(url), clock.now())
    with http_server(server_context(authority, "other.example")) as other, pytest.raises(TryAgain):
        deliver(trusting, delivery(f"https://localhost:{other.port}/hook"), clock.now())
    assert not other.heard


def test_a_slow_subscriber_holds_up_nobody_else(connection: Connection, reaching: Settings) -> None:
    with http_server() as slow, http_server() as quick:
        slow.wait_s = 1.5
        waiting, _ = subscribe(connection, slow.url)
        ready, _ = subscribe(connection, quick.url)
        for id_ in [waiting] * 12 + [ready] * 12:
            send_test(connection, id_, clock.now())
        notifier = Notifier(reaching)
        began = time.monotonic()
        while len(quick.heard) < 12:
            notifier.step(connection)
            time.sleep(0.01)
            assert time.monotonic() - began < 10
        assert len(slow.heard) <= 4
        connection.execute("UPDATE message SET state = 'dropped' WHERE reader = %s", (f"webhook:{waiting}",))
        notifier.work_off(connection)


def test_it_needs_an_address_that_may_be_reached(reaching: Settings) -> None:
    with pytest.raises(CannotProceed):
        deliver(reaching, delivery("http://10.0.0.1/"), clock.now())
