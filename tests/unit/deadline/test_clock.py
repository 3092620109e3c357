"""The clock's ledger: recomputed from the history it gives the stored date; office and citizen time add up."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import VIETNAM
from services.deadline.calendar import build_calendar, place
from services.deadline.clock import find_ledger_due, read_clock, settle_due
from services.deadline.count import lose_working_time
from services.deadline.due import find_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import Ledger, keep_ledger, read_ledger
from services.deadline.suspension import Suspension
from services.dossier.history import EventKind, HistoryEvent
from services.wording import Language
from tests.builders.histories import walk_history

CALENDAR = build_calendar()
LEAD = LeadTime(5, LeadUnit.WORKING_DAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=VIETNAM)


def event(kind: EventKind, moment: str, *, restarts: bool = False, new_due: str = "") -> HistoryEvent:
    return HistoryEvent(kind, at(moment), restarts=restarts, new_due_at=at(new_due) if new_due else None)


RECEIVED = event(EventKind.RECEIVED, "06-08 09:00")


def due_of(*events: HistoryEvent) -> datetime | None:
    return find_ledger_due(read_ledger([RECEIVED, *events]), LEAD, CALENDAR)


def test_before_reception_there_is_no_clock() -> None:
    ledger = read_ledger(
        [event(EventKind.SUBMITTED, "06-01 09:00"), event(EventKind.SUPPLEMENT_REQUESTED, "06-02 09:00")]
    )
    assert ledger == Ledger()
    assert read_clock(ledger, LEAD, CALENDAR, at("06-08 09:00")) is None


def test_a_supplement_pauses_or_restarts_as_the_procedure_says() -> None:
    assert due_of() == at("06-15 17:00")
    done = event(EventKind.SUPPLEMENT_COMPLETED, "06-12 07:30")
    assert due_of(event(EventKind.SUPPLEMENT_REQUESTED, "06-10 07:30"), done) == at("06-17 17:00")
    asked = event(EventKind.SUPPLEMENT_REQUESTED, "06-10 07:30", restarts=True)
    assert due_of(asked, done) == at("06-19 17:00")
    reading = read_clock(read_ledger([RECEIVED, asked, done]), LEAD, CALENDAR, at("06-12 08:00"))
    assert reading is not None
    assert "from zero" in reading.lines[0].say(Language.EN)


def test_a_lasting_pause_holds_the_clock_and_has_not_moved_the_date() -> None:
    ledger = read_ledger([RECEIVED, event(EventKind.PAYMENT_REQUESTED, "06-10 07:30")])
    early = read_clock(ledger, LEAD, CALENDAR, at("06-10 12:00"))
    late = read_clock(ledger, LEAD, CALENDAR, at("07-20 12:00"))
    assert early is not None
    assert late is not None
    assert (early.due_at, late.due_at) == (at("06-15 17:00"), at("06-15 17:00"))
    assert early.used == late.used == 1.0
    assert late.paused_since == at("06-10 07:30")


def test_an_extension_sets_a_date_that_later_pauses_move() -> None:
    extended = event(EventKind.EXTENDED, "06-12 09:00", new_due="06-20 10:00")
    assert due_of(extended) == at("06-22 17:00")  # 20/6 is a Saturday
    paused = [event(EventKind.CLOCK_PAUSED, "06-15 07:30"), event(EventKind.CLOCK_RESUMED, "06-17 07:30")]
    assert due_of(extended, *paused) == at("06-24 17:00")
    reading = read_clock(read_ledger([RECEIVED, extended]), LEAD, CALENDAR, at("06-13 09:00"))
    assert reading is not None
    assert reading.original_due_at == at("06-15 17:00")
    assert "apology" in reading.lines[-1].say(Language.EN)


def test_office_and_citizen_time_stand_apart() -> None:
    events = [
        RECEIVED,
        event(EventKind.SUPPLEMENT_REQUESTED, "06-09 09:00"),
        event(EventKind.SUPPLEMENT_COMPLETED, "06-10 09:00"),
        event(EventKind.CLOCK_PAUSED, "06-11 08:00"),
        event(EventKind.CLOCK_RESUMED, "06-11 10:00"),
        event(EventKind.RESULT_SIGNED, "06-11 11:00"),
    ]
    reading = read_clock(read_ledger(events), LEAD, CALENDAR, at("08-01 09:00"))
    assert reading is not None
    assert reading.spent.citizen == timedelta(hours=7.5)
    assert reading.spent.other == timedelta(hours=2)
    total = lose_working_time(CALENDAR, place(at("06-08 09:00")), place(at("06-11 11:00")))
    assert reading.spent.office == timedelta(microseconds=total) - timedelta(hours=9.5)


@pytest.mark.parametrize(
    ("wanted", "unit", "settled"),
    [
        ("06-20 10:00", LeadUnit.WORKING_DAYS, "06-22 17:00"),
        ("06-19 10:00", LeadUnit.CALENDAR_DAYS, "06-19 17:00"),
        ("06-19 10:00", LeadUnit.WORKING_HOURS, "06-19 10:00"),
        ("06-19 12:00", LeadUnit.WORKING_HOURS, "06-19 17:00"),
    ],
)
def test_a_date_that_an_officer_gives_is_moved_to_a_working_moment(wanted: str, unit: LeadUnit, settled: str) -> None:
    assert settle_due(at(wanted), LeadTime(5, unit), CALENDAR) == at(settled)


leads = st.one_of(
    st.builds(LeadTime, st.integers(1, 30), st.sampled_from([u for u in LeadUnit if u is not LeadUnit.SAME_DAY])),
    st.just(LeadTime(0, LeadUnit.SAME_DAY)),
)


@given(st.integers(0, 10**9), leads, st.booleans())
def test_recomputing_from_the_history_gives_the_stored_date(seed: int, lead: LeadTime, restarts: bool) -> None:
    """Rows kept event by event, as the database does, against a second reading of the whole log."""
    events = walk_history(seed, lead, CALENDAR, restarts=restarts)
    ledger = Ledger()
    stored = None
    for happened in events:
        ledger = keep_ledger(ledger, happened)
        stored = find_ledger_due(ledger, lead, CALENDAR)
    assert stored == _recompute_by_hand(events, lead)
    if stored is not None:
        assert CALENDAR.is_working(place(stored))
        reading = read_clock(ledger, lead, CALENDAR, events[-1].at)
        assert reading is not None
        assert reading.due_at == stored


@given(st.integers(0, 10**9), leads, st.integers(0, 60 * 24 * 30))
def test_office_citizen_and_other_time_are_the_whole(seed: int, lead: LeadTime, minutes: int) -> None:
    ledger = read_ledger(events := walk_history(seed, lead, CALENDAR, restarts=False))
    now = events[-1].at + timedelta(minutes=minutes)
    reading = read_clock(ledger, lead, CALENDAR, now)
    if reading is None or ledger.received_at is None:
        return
    spent = reading.spent
    until = ledger.ended_at or now
    assert min(spent.office, spent.citizen, spent.other) >= timedelta(0)
    whole = timedelta(microseconds=lose_working_time(CALENDAR, place(ledger.received_at), place(until)))
    assert abs(spent.office + spent.citizen + spent.other - whole) < timedelta(milliseconds=1)


def _recompute_by_hand(events: list[HistoryEvent], lead: LeadTime) -> datetime | None:
    """The same date from the log, by pairing pauses instead of keeping rows; an extension is checked elsewhere."""
    begin: datetime | None = None
    pauses: list[Suspension] = []
    opened: HistoryEvent | None = None
    extended: HistoryEvent | None = None
    opens = {EventKind.SUPPLEMENT_REQUESTED, EventKind.PAYMENT_REQUESTED, EventKind.CLOCK_PAUSED}
    closes = {EventKind.SUPPLEMENT_COMPLETED, EventKind.PAYMENT_MADE, EventKind.CLOCK_RESUMED}
    ends = {
        EventKind.RESULT_SIGNED, EventKind.REFUSED, EventKind.WITHDRAWN, EventKind.STOPPED, EventKind.NOT_RECEIVED,
    }  # fmt: skip
    for happened in events:
        if happened.kind is EventKind.RECEIVED:
            begin = happened.at
        elif begin is not None and happened.kind in opens:
            opened = happened
        elif begin is not None and opened is not None and happened.kind in closes | ends:
            if opened.restarts and happened.kind in closes:
                begin, pauses, extended = happened.at, [], None
            else:
                pauses.append(Suspension(opened.at, happened.at))
            opened = None
        elif happened.kind is EventKind.EXTENDED:
            extended = happened
    if begin is None:
        return None
    if extended is not None and extended.new_due_at is not None:
        return _shift_by_hand(extended.at, settle_due(extended.new_due_at, lead, CALENDAR), pauses, lead)
    return find_due(lead, begin, CALENDAR, pauses)


def _shift_by_hand(given_at: datetime, due: datetime, pauses: list[Suspension], lead: LeadTime) -> datetime:
    """Walk on minute by minute of working time while the pauses after the extension have cost more than was added."""
    later = [pause for pause in pauses if pause.start >= given_at]
    cost = 0
    moved = due
    while True:
        counted = sum(
            lose_working_time(CALENDAR, place(pause.start), place(pause.end)) for pause in later if pause.start < moved
        )
        if counted == cost:
            return settle_due(moved, lead, CALENDAR)
        cost = counted
        total = CALENDAR.open_before(place(due)) + cost
        moved = due + timedelta(microseconds=CALENDAR.find_open(total) - place(due))
