"""Versions of a trained model in the object store, and which one is in use: both are only ever added to.

models/<name>/0001/model.bin     a version, with its card beside it
models/<name>/uses/0001          "0001": what was put in use first; the highest such key holds
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from services.storage.objects import ObjectStore

SHIPPED = 0
"""The version that comes with the product and is in use until another is."""


@dataclass(slots=True)
class ModelShelf:
    """The versions of one model; remembers how far the list of uses was read, so that asking again is one look."""

    store: ObjectStore
    name: str
    _seen: int = 0
    _in_use: int = SHIPPED

    def count(self) -> int:
        """How many versions there are; they are numbered from 1.

        Raises:
            StoreAway: the store does not answer (so do all below).
        """
        number = 0
        while self.store.exists(self._key(number + 1, "card.md")):
            number += 1
        return number

    def add(self, model: bytes, card: str) -> int:
        """Keep a version; returns its number."""
        number = self.count() + 1
        self._put(self._key(number, "model.bin"), model)
        self._put(self._key(number, "card.md"), card.encode())
        return number

    def model(self, number: int) -> bytes:
        """The file of a version."""
        return self._get(self._key(number, "model.bin"))

    def card(self, number: int) -> str:
        """What was measured of a version."""
        return self._get(self._key(number, "card.md")).decode()

    def use(self, number: int) -> None:
        """Put a version in use, `SHIPPED` for the product's own; workers take it with their next dossier."""
        self.in_use()
        self._put(f"models/{self.name}/uses/{self._seen + 1:04d}", f"{number:04d}".encode())

    def in_use(self) -> int:
        """The version in use."""
        before = self._seen
        while self.store.exists(f"models/{self.name}/uses/{self._seen + 1:04d}"):
            self._seen += 1
        if self._seen != before:
            self._in_use = int(self._get(f"models/{self.name}/uses/{self._seen:04d}"))
        return self._in_use

    def before(self) -> int:
        """What was in use before the version that is now."""
        self.in_use()
        return int(self._get(f"models/{self.name}/uses/{self._seen - 1:04d}")) if self._seen > 1 else SHIPPED

    def uses(self) -> list[int]:
        """Every version that was put in use, in its order, the shipped one first."""
        self.in_use()
        return [SHIPPED, *(int(self._get(f"models/{self.name}/uses/{n:04d}")) for n in range(1, self._seen + 1))]

    def _key(self, number: int, file: str) -> str:
        return f"models/{self.name}/{number:04d}/{file}"

    def _put(self, key: str, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "object"
            path.write_bytes(content)
            self.store.put(key, path)

    def _get(self, key: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "object"
            self.store.get(key, path)
            return path.read_bytes()
