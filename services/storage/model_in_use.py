"""The version of a trained model that a worker goes by: the one in use in the object store, else the shipped one."""

from collections.abc import Callable
from typing import Generic, TypeVar

from services.storage.models import SHIPPED, ModelShelf
from services.storage.objects import ObjectStore

Model = TypeVar("Model")


class ModelInUse(Generic[Model]):
    """One model of the product; the shelf of a store and each version are read once a process."""

    def __init__(self, name: str, shipped: Callable[[], Model], unpack: Callable[[bytes], Model]) -> None:
        self._name, self._shipped, self._unpack = name, shipped, unpack
        self._shelves: dict[int, ModelShelf] = {}
        self._loaded: dict[tuple[int, int], Model] = {}

    def __call__(self, store: ObjectStore) -> Model:
        """The model in use now.

        Raises:
            StoreAway: the store does not answer.
            ValueError: the version was made for another release of the product.
        """
        shelf = self._shelves.setdefault(id(store), ModelShelf(store, self._name))
        number = shelf.in_use()
        if number == SHIPPED:
            return self._shipped()
        key = (id(store), number)
        if key not in self._loaded:
            self._loaded[key] = self._unpack(shelf.model(number))
        return self._loaded[key]
