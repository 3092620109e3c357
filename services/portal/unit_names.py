"""How units are called now: asked of the database every few seconds, since administrators rename and add them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import pass_context
from jinja2.runtime import Context
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from services import clock
from services.api.database import Resources, resources_of
from services.portal.heading import unit_name

KEPT = timedelta(seconds=5)
PATIENCE_S = 1.0


@dataclass(slots=True)
class UnitNames:
    """The names that one process knows, and when it asked."""

    at: datetime | None = None
    names: dict[str, str] = field(default_factory=dict)


async def know_units(request: Request, resources: Annotated[Resources, Depends(resources_of)]) -> None:
    """Ask anew when the names are old; without a database the page goes on with those it knows."""
    known = names_of(request)
    now = clock.now()
    if known.at is not None and now - known.at < KEPT:
        return
    known.at = now
    try:
        async with resources.reading.connection(PATIENCE_S) as connection:
            rows = await (await connection.execute("SELECT id, name FROM unit")).fetchall()
    except (OperationalError, PoolTimeout):
        return
    known.names = dict(rows)


def names_of(request: Request) -> UnitNames:
    """What this application knows."""
    state = request.app.state
    if not hasattr(state, "unit_names"):
        state.unit_names = UnitNames()
    found: UnitNames = state.unit_names
    return found


@pass_context
def unit_named(context: Context, unit: str) -> str:
    """A unit as people call it, in a template."""
    names: dict[str, str] = context.get("unit_names", {})
    return names.get(unit) or unit_name(unit)
