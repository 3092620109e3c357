"""The spans of time that leaders look at."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Depends

from services import clock
from services.api.database import Resources, resources_of
from services.dossier.history import EventKind

OurResources = Annotated[Resources, Depends(resources_of)]
SOON = timedelta(days=7)
WAITS = (EventKind.SUPPLEMENT_REQUESTED, EventKind.PAYMENT_REQUESTED)
"""After these a dossier lies with its citizen."""


class Span(StrEnum):
    """From its beginning until now."""

    TODAY = "today"
    MONTH = "month"
    YEAR = "year"


def since(span: Span, now: datetime) -> datetime:
    """When the span began, in Viet Nam."""
    today = clock.in_vietnam(now).date()
    first = {Span.TODAY: today, Span.MONTH: today.replace(day=1)}.get(span, today.replace(month=1, day=1))
    begins, _ = clock.moments_of(first, None)
    return begins or now
