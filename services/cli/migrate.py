"""`motcua migrate`: brings the database to the newest tables."""

import typer

from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.cli import app
from services.settings import get_settings
from services.storage.database import connect
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units


@app.command()
def migrate() -> None:
    """Bring the database named by MOTCUA_DATABASE_URL to the newest tables, and give it the procedures that ship.

    Example: motcua migrate
    """
    from services.storage import migrate as migrations  # noqa: PLC0415 - the other commands start without Alembic

    url = get_settings().database_url
    migrations.migrate(url)
    with connect(url) as connection:
        add_missing(connection, load_shipped())
        add_missing_units(connection, load_shipped_units())
    typer.echo("ok")
