"""The PostgreSQL of a test session: the real server, without the care for power cuts that its databases never need."""

import psycopg
from psycopg import sql

from services.stack.postgres import EmbeddedPostgres

# a killed server still finds its log in the machine's memory, so that tests of a crash hold: only a power cut would
# lose something. Vacuuming would wander through hundreds of databases that live for a second
HASTE = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "4GB"}


def hurry(server: EmbeddedPostgres) -> None:
    """Make copies of databases ten times cheaper, from now on."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        for name, value in HASTE.items():
            statement = sql.SQL("ALTER SYSTEM SET {} = {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Literal(value)))
        connection.execute("SELECT pg_reload_conf()")


def drop_database(server: EmbeddedPostgres, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
