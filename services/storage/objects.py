"""The object store as the product sees it: keys to bytes, written once, never altered."""

from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from services.dossier.errors import TryAgain
from services.settings import Settings
from services.wording import sentence

PASSING = "uploads/"
"""Pieces of files that are not handed in yet; everything else is written once and kept."""


class StoreAway(TryAgain):
    """The store does not answer, or has no such object yet."""

    def __init__(self, detail: str) -> None:
        super().__init__(sentence("storage.store_away", detail=detail))


class StoreFull(TryAgain):
    """The store has no room left."""

    def __init__(self) -> None:
        super().__init__(sentence("storage.store_full"))


def check_passing(key: str) -> None:
    """Let pass the keys whose objects may be taken away again.

    Raises:
        ValueError: the key belongs to what is kept for ever.
    """
    if not key.startswith(PASSING):
        raise ValueError(f"{key}: only what lies under {PASSING} may be removed")


class ObjectStore(Protocol):
    """One port, a folder or any S3 behind it."""

    def put(self, key: str, path: Path, media_type: str = "application/octet-stream") -> None:
        """Store a file under a key; a key that exists already keeps its bytes.

        Raises:
            StoreAway: the store does not answer.
            StoreFull: no room is left; nothing was stored under the key.
        """

    def get(self, key: str, path: Path) -> None:
        """Copy the object into a local file.

        Raises:
            StoreAway: the store does not answer or lacks the object.
        """

    def exists(self, key: str) -> bool:
        """Whether the key holds an object.

        Raises:
            StoreAway: the store does not answer.
        """

    def remove(self, key: str) -> None:
        """Take an object away; one that is not there is no error. Only for what was never part of a dossier.

        Raises:
            ValueError: the key is not of the pieces of files on their way.
            StoreAway: the store does not answer.
        """

    def check(self) -> None:
        """Write nothing, but find out whether the store answers.

        Raises:
            StoreAway: it does not.
        """


def open_store(settings: Settings) -> ObjectStore:
    """The store that `MOTCUA_STORE_URL` names.

    Raises:
        ValueError: the URL has a scheme that no store answers to.
    """
    url = urlsplit(settings.store_url)
    if url.scheme == "file":
        from services.storage.folder import FolderStore  # noqa: PLC0415 - only the chosen adapter is loaded

        return FolderStore(Path(url.path))
    if url.scheme in {"s3", "s3+tls"}:
        from services.storage.s3 import S3Store  # noqa: PLC0415 - only the chosen adapter is loaded

        return S3Store(
            url.netloc,
            url.path.strip("/"),
            settings.store_access_key,
            settings.store_secret_key.get_secret_value(),
            secure=url.scheme == "s3+tls",
        )
    raise ValueError(f"MOTCUA_STORE_URL: no store for the scheme {url.scheme!r}; use file:// or s3://")
