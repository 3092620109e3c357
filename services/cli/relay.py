"""`motcua relay`: publishes what was not published, closes what was lost."""

import signal
import threading

from services import logs
from services.cli import app
from services.settings import get_settings


@app.command()
def relay() -> None:
    """Run a relay until told to stop (TERM or Ctrl-C); any number may run. Example: motcua relay"""
    from services.pipeline.broker import make_app  # noqa: PLC0415 - the other commands start without Celery
    from services.pipeline.relay import run_relay  # noqa: PLC0415 - the same

    settings = get_settings()
    logs.configure(settings.log_level)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    run_relay(make_app(settings), settings, stopped.is_set)
