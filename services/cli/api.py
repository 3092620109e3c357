"""`motcua api`: serves the API and the pages."""

from fastapi import FastAPI

from services import logs
from services.cli import app
from services.settings import get_settings

# event streams never end by themselves; without this the server would wait for the last reader to leave
STREAMS_END_S = 3


@app.command()
def api() -> None:
    """Serve the API on MOTCUA_API_HOST and MOTCUA_API_PORT until told to stop. Example: motcua api"""
    import uvicorn  # noqa: PLC0415 - the other commands start without the server

    settings = get_settings()
    uvicorn.run(
        "services.cli.api:make_app", factory=True, workers=settings.api_processes, host=settings.api_host,
        port=settings.api_port, log_config=None, access_log=False, timeout_graceful_shutdown=STREAMS_END_S,
    )  # fmt: skip


def make_app() -> FastAPI:
    """The API and the pages, in each process that serves them."""
    from services.portal.app import create_portal  # noqa: PLC0415 - the other commands start without the pages

    settings = get_settings()
    logs.configure(settings.log_level)
    return create_portal(settings)
