"""The notifier: spreads what is to be told, sends what is due, and writes how it went. Any number may run.

The network is asked in threads of its own, so that a server that does not answer holds up nobody but itself; the
database is spoken to by one. A reader has few messages in hand at a time: the others pass him by.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from psycopg import Error as DatabaseError

from services import clock
from services.dossier.errors import CannotProceed, TryAgain
from services.dossier.notices import MessageState, Way
from services.logs import get_logger
from services.notify.send import make_ready
from services.notify.spread import spread_notices
from services.notify.webhook import Gone
from services.settings import Settings
from services.storage.audit import Deed, Doer, note_deed
from services.storage.database import Connection, process_connection
from services.storage.messages import Message, claim_messages, end_message, forget_messages, postpone_message
from services.storage.notices import NEW_NOTICE_CHANNEL
from services.storage.readers import forget_ticket_contact
from services.storage.webhooks import FAILING, GONE, count_outcome, shut_webhook
from services.wording import Sentence, sentence

log = get_logger(__name__)

SENDERS = 8
AT_ONCE = 2
"""Messages of one webhook in hand at a time."""
AT_ONCE_A_WAY = 6
"""Messages of one way in hand at a time: a mail server that is away holds up no webhook."""
LONGEST_WAIT_S = 6 * 3600.0
LEASE_FACTOR, LEASE_S = 3, 60.0
FORGET_EVERY_S = 3600.0
POLL_S = 0.05
STOP_WITHIN_S = 0.5
"""How long a pause goes on after a signal to stop, at most."""


def run_notifier(settings: Settings, stopped: Callable[[], bool]) -> None:
    """Work until told to stop; a database that is away is waited for, and what is in hand is finished."""
    notifier = Notifier(settings)
    try:
        while not stopped():
            try:
                connection = process_connection(settings.database_url)
                connection.execute(f"LISTEN {NEW_NOTICE_CHANNEL}")
                notifier.step(connection)
                notifier.rest(connection, stopped)
            except (DatabaseError, OSError) as error:
                log.warning("notifier_waits", error=type(error).__name__)
                _wait(settings.notify_interval_s, stopped, time.sleep)
    finally:
        notifier.finish(lambda: process_connection(settings.database_url))


class Notifier:
    """One notifier with what it has in hand."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="notify")
        self._in_hand: dict[Future[None], Message] = {}
        self._forgot_at = float("-inf")

    def step(self, connection: Connection) -> int:
        """Spread, begin what is due as far as hands are free, note what ended; how many were begun."""
        spread_notices(connection, self._settings, clock.now())
        begun = self._begin(connection, clock.now())
        self._note_ended(connection)
        if time.monotonic() - self._forgot_at > FORGET_EVERY_S:
            forget_messages(connection, clock.now() - timedelta(days=self._settings.message_days))
            self._forgot_at = time.monotonic()
        return begun

    def rest(self, connection: Connection, stopped: Callable[[], bool]) -> None:
        """Wait for something in hand to end, for something new to tell, or for the interval or the work to be over."""
        if self._in_hand:
            wait(self._in_hand, timeout=POLL_S * 4, return_when=FIRST_COMPLETED)
            return
        told: list[object] = []
        _wait(
            self._settings.notify_interval_s,
            lambda: bool(told) or stopped(),
            lambda seconds: told.extend(connection.notifies(timeout=seconds, stop_after=1)),
        )

    def work_off(self, connection: Connection) -> None:
        """Everything that is due now, until nothing is in hand."""
        busy = True
        while busy:
            # what ends within a round makes a hand free: only a round that began with free hands and found nothing ends
            had_none = not self._in_hand
            busy = self.step(connection) > 0 or bool(self._in_hand) or not had_none
            wait(self._in_hand, timeout=POLL_S, return_when=FIRST_COMPLETED)

    def finish(self, connect: Callable[[], Connection]) -> None:
        """Wait for what is in hand and note it, if the database is there to note it in."""
        self._pool.shutdown(wait=True)
        try:
            self._note_ended(connect())
        except (DatabaseError, OSError) as error:
            # their claims run out and they are sent again
            log.warning("notifier_unnoted", error=type(error).__name__, messages=len(self._in_hand))

    def _begin(self, connection: Connection, at: datetime) -> int:
        free = SENDERS - len(self._in_hand)
        if free <= 0:
            return 0
        lease = timedelta(seconds=self._settings.notify_timeout_s * LEASE_FACTOR + LEASE_S)
        begun = 0
        while begun < free:
            # one at a time: whoever has enough in hand with it is busy for the next
            busy, ways = self._busy()
            claimed = claim_messages(connection, at, 1, lease=lease, busy=busy, busy_ways=ways)
            if not claimed:
                break
            self._start(connection, claimed[0], at)
            begun += 1
        return begun

    def _busy(self) -> tuple[list[str], list[Way]]:
        in_hand = self._in_hand.values()
        readers = Counter(message.reader for message in in_hand if message.way is Way.WEBHOOK)
        ways = Counter(message.way for message in in_hand)
        return (
            [reader for reader, count in readers.items() if count >= AT_ONCE],
            [way for way, count in ways.items() if count >= AT_ONCE_A_WAY],
        )

    def _start(self, connection: Connection, message: Message, at: datetime) -> None:
        try:
            ready = make_ready(connection, self._settings, message, at)
        except CannotProceed as error:
            end_message(connection, message.id, MessageState.DEAD, at, error.sentence)
            return
        if ready is None:
            end_message(connection, message.id, MessageState.DROPPED, at)
            return
        self._in_hand[self._pool.submit(ready.send)] = message

    def _note_ended(self, connection: Connection) -> None:
        for future in [one for one in self._in_hand if one.done()]:
            with connection.transaction():
                self._note(connection, self._in_hand[future], future.exception(), clock.now())
            del self._in_hand[future]

    def _note(self, connection: Connection, message: Message, error: BaseException | None, at: datetime) -> None:
        problem = _problem_of(error)
        if problem is None:
            end_message(connection, message.id, MessageState.SENT, at)
            if message.reader.startswith("ticket:"):
                forget_ticket_contact(connection, message.reader.partition(":")[2])
        elif isinstance(error, CannotProceed) or message.attempts >= self._settings.notify_attempts:
            log.warning("message_dead", message=message.id, way=message.way, why=problem.id)
            end_message(connection, message.id, MessageState.DEAD, at, problem)
        else:
            wait_s = wait_before(message.attempts + 1, self._settings.notify_retry_base_s, message.key)
            postpone_message(connection, message.id, at + timedelta(seconds=wait_s), problem)
        if message.way is Way.WEBHOOK:
            self._judge(connection, message.reader.partition(":")[2], error, at)

    def _judge(self, connection: Connection, webhook: str, error: BaseException | None, at: datetime) -> None:
        """A webhook that fails again and again, or says that it is gone, is shut and the audit log says so."""
        failures = count_outcome(connection, webhook, at, delivered=error is None)
        gone = isinstance(error, Gone)
        if gone or failures >= self._settings.webhook_failures:
            why = GONE if gone else FAILING
            if shut_webhook(connection, webhook, why, at):
                note_deed(connection, Doer("motcua notify"), Deed("webhook_shut", webhook, {"why": why}), at)


def _wait(seconds: float, over: Callable[[], bool], pause: Callable[[float], object]) -> None:
    """Pause this long in short steps: a signal to stop does not end a longer one."""
    until = time.monotonic() + seconds
    while not over() and (left := until - time.monotonic()) > 0:
        pause(min(left, STOP_WITHIN_S))


def wait_before(attempt: int, base_s: float, key: str) -> float:
    """Seconds before an attempt: doubling, at most six hours, and a tenth more or less by the message's key, so that
    what failed together does not come back together."""
    spread = 0.9 + 0.2 * int(key[:8], 16) / 0xFFFFFFFF
    return float(min(base_s * 2.0 ** min(attempt - 2, 40), LONGEST_WAIT_S) * spread)


def _problem_of(error: BaseException | None) -> Sentence | None:
    if error is None:
        return None
    if isinstance(error, TryAgain | CannotProceed):
        return error.sentence
    log.warning("message_broke", error=type(error).__name__)
    return sentence("notice.broke", error=type(error).__name__)
