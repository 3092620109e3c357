"""`motcua notify`: tells people and systems what happened."""

import signal
import threading
from typing import Annotated

import typer

from services import logs
from services.cli import app
from services.stack.running import settings_here


@app.command()
def notify(
    once: Annotated[bool, typer.Option("--once", help="Send what is due now, then stop.")] = False,
) -> None:
    """Send mail, text messages and webhooks until told to stop; any number may run. Example: motcua notify"""
    from services.notify.notifier import Notifier, run_notifier  # noqa: PLC0415 - the other commands start without it
    from services.storage.database import connect  # noqa: PLC0415 - the same

    settings = settings_here()
    logs.configure(settings.log_level)
    if once:
        with connect(settings.database_url) as connection:
            Notifier(settings).work_off(connection)
        return
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    run_notifier(settings, stopped.is_set)
