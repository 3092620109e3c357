"""Until when a citizen may answer: a procedure's days run to the end of the last one (Civil Code 2015, art. 148)."""

from datetime import date, datetime

from services.deadline.calendar import WorkingCalendar, day_of, place


def last_answer_day(answer_by: datetime, calendar: WorkingCalendar) -> date:
    """The last day on which an answer comes in time; one that falls on a day off is the next working day.

    Raises:
        CannotProceed: the calendar ends before.
    """
    return day_of(calendar.start_of(calendar.next_working(calendar.index_of(place(answer_by)))))
