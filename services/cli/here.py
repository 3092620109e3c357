"""The database that a command works on: the one set, or that of the stack running in the data folder."""

import psycopg

from services.cli.output import stop
from services.dossier.errors import CannotProceed
from services.stack.running import settings_here
from services.storage.database import Connection, connect
from services.wording import sentence


def open_database() -> Connection:
    """A connection; without one the command ends with a sentence."""
    try:
        return connect(settings_here().database_url)
    except psycopg.OperationalError:
        stop(CannotProceed(sentence("stack.no_database")))
