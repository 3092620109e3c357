"""What must hold before something may happen to a dossier; each guard says what to do when it does not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from services.clock import in_vietnam
from services.dossier.commands import Command, Rules
from services.dossier.errors import NeedsConfirmation, Refused
from services.dossier.standing import Delivery, Finance, Standing
from services.dossier.status import DossierStatus as S
from services.wording import sentence

Guard = Callable[[Standing, Command, Rules], None]


def follows_in_time(standing: Standing, command: Command, _: Rules) -> None:
    if standing.last_at is not None and command.at < standing.last_at:
        raise Refused(sentence("dossier.before_last", last=_say(standing.last_at)))


def has_reason(_: Standing, command: Command, __: Rules) -> None:
    if not command.reason.strip():
        raise Refused(sentence("dossier.reason_needed"))


def has_items(_: Standing, command: Command, __: Rules) -> None:
    if not any(item.strip() for item in command.items):
        raise Refused(sentence("dossier.items_needed"))


def first_or_deliberate(standing: Standing, command: Command, _: Rules) -> None:
    """Staff may ask once; index 766 counts a second request as overdue, so it must be meant."""
    if standing.supplements >= 1 and not command.deliberate:
        raise NeedsConfirmation(sentence("dossier.second_supplement"))


def whole_or_deliberate(_: Standing, command: Command, rules: Rules) -> None:
    """What still lacks required papers is taken as complete, or decided, only by somebody who means it and says why."""
    if rules.missing and not (command.deliberate and command.reason.strip()):
        raise NeedsConfirmation(sentence("dossier.papers_lacking", papers="; ".join(rules.missing)))


def in_time_or_deliberate(_: Standing, command: Command, rules: Rules) -> None:
    """Art. 19.4: within three working days of reception, unless the law of the field says otherwise."""
    if rules.supplement_until is not None and command.at > rules.supplement_until and not command.deliberate:
        raise NeedsConfirmation(sentence("dossier.supplement_too_late", until=_say(rules.supplement_until)))


def has_step(_: Standing, command: Command, __: Rules) -> None:
    if not command.step.strip() or command.step_days < 0:
        raise Refused(sentence("dossier.step_needed"))


def is_running(standing: Standing, _: Command, __: Rules) -> None:
    if standing.paused:
        raise Refused(sentence("dossier.already_paused"))


def is_paused_alone(standing: Standing, _: Command, __: Rules) -> None:
    if not standing.paused:
        raise Refused(sentence("dossier.not_paused"))


def owes(standing: Standing, _: Command, __: Rules) -> None:
    if standing.finance is not Finance.DUE:
        raise Refused(sentence("dossier.nothing_due"))


def has_amount(_: Standing, command: Command, __: Rules) -> None:
    if command.amount_vnd <= 0:
        raise Refused(sentence("dossier.amount_needed"))


def answer_is_overdue(standing: Standing, command: Command, _: Rules) -> None:
    """While the citizen may still answer, nobody closes the dossier over his head."""
    if standing.status is not S.SUPPLEMENT_REQUESTED:
        return
    if standing.answer_by is None:
        raise Refused(sentence("dossier.no_answer_limit"))
    if command.at <= standing.answer_by:
        raise Refused(sentence("dossier.still_may_answer", until=_say(standing.answer_by)))


def not_extended(standing: Standing, _: Command, __: Rules) -> None:
    """Art. 19.9: at most once."""
    if standing.extended:
        raise Refused(sentence("dossier.already_extended"))


def extends_in_time(_: Standing, command: Command, rules: Rules) -> None:
    """Art. 19.9: at least one day before the deadline, to a later date."""
    if rules.due_at is None or command.new_due_at is None or command.new_due_at <= rules.due_at:
        raise Refused(sentence("dossier.later_date_needed"))
    if _day(command.at) + timedelta(days=1) > _day(rules.due_at):
        raise Refused(sentence("dossier.extension_too_late", due=_say(rules.due_at)))


def is_paid(standing: Standing, _: Command, __: Rules) -> None:
    if standing.finance is Finance.DUE:
        raise Refused(sentence("dossier.unpaid"))


def not_returned(standing: Standing, _: Command, __: Rules) -> None:
    if standing.delivery is Delivery.RETURNED:
        raise Refused(sentence("dossier.already_returned"))


def knows_case(_: Standing, command: Command, rules: Rules) -> None:
    """A lead time that was published for the procedure, and no other."""
    if command.time_case is not None and command.time_case not in rules.time_cases:
        raise Refused(sentence("dossier.no_such_case", cases="; ".join(rules.time_cases) or "–"))


def not_due_yet(_: Standing, command: Command, rules: Rules) -> None:
    """Once the date has passed no other lead time may move it: what is late stays late."""
    if rules.due_at is not None and command.at > rules.due_at:
        raise Refused(sentence("dossier.case_too_late", due=_say(rules.due_at)))


OF_STATE: frozenset[Guard] = frozenset({is_running, is_paused_alone, owes, is_paid, not_extended, not_returned})
"""What looks at the state alone: an action that one of them refuses is not even offered."""


def _day(moment: datetime) -> date:
    return in_vietnam(moment).date()


def _say(moment: datetime) -> str:
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M}"
