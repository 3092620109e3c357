"""Brings the database to the newest version of the tables."""

from pathlib import Path

import alembic.command
from alembic.config import Config
from sqlalchemy import create_engine, text

MIGRATION_LOCK = 4_243_002


def migrate(database_url: str) -> None:
    """Apply what is missing; two processes that call it at once take turns.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be reached.
    """
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        connection.commit()
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
        connection.commit()
    engine.dispose()
