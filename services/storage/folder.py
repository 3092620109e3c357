"""A local folder as object store: what the embedded stack uses."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from services.storage.objects import StoreAway, StoreFull, check_passing


class FolderStore:
    """Objects as files below `root`; a file appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, path: Path, media_type: str = "application/octet-stream") -> None:  # noqa: ARG002 - a folder keeps no types
        """See `ObjectStore.put`."""
        target = self.root / key
        if target.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._copy_in(path, target)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                raise StoreFull from error
            raise StoreAway(error.strerror or "OSError") from error

    def _copy_in(self, path: Path, target: Path) -> None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as whole, path.open("rb") as source:
                shutil.copyfileobj(source, whole, 1024 * 1024)
                whole.flush()
                os.fsync(whole.fileno())
            Path(name).chmod(0o440)
            # a link, unlike a rename, never replaces: the first writer's bytes stay
            os.link(name, target)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink(missing_ok=True)

    def get(self, key: str, path: Path) -> None:
        """See `ObjectStore.get`."""
        try:
            shutil.copyfile(self.root / key, path)
        except OSError as error:
            raise StoreAway(error.strerror or "OSError") from error

    def exists(self, key: str) -> bool:
        """See `ObjectStore.exists`."""
        return (self.root / key).exists()

    def remove(self, key: str) -> None:
        """See `ObjectStore.remove`."""
        check_passing(key)
        target = self.root / key
        try:
            target.unlink(missing_ok=True)
            with suppress(OSError):
                # the last piece takes its folder along
                target.parent.rmdir()
        except OSError as error:
            raise StoreAway(error.strerror or "OSError") from error

    def check(self) -> None:
        """See `ObjectStore.check`."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreAway(error.strerror or "OSError") from error
        if not os.access(self.root, os.W_OK):
            raise StoreAway("folder not writable")
