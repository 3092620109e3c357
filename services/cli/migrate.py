"""`motcua migrate`: brings the database to the newest tables."""

import typer

from services.cli import app
from services.settings import get_settings


@app.command()
def migrate() -> None:
    """Bring the database named by MOTCUA_DATABASE_URL to the newest tables. Example: motcua migrate"""
    from services.storage import migrate as migrations  # noqa: PLC0415 - the other commands start without Alembic

    migrations.migrate(get_settings().database_url)
    typer.echo("ok")
