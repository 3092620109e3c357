"""The labeller that a worker reads fields with: the version in use in the object store, else the shipped one."""

from services.extract.labeller import Labeller, shipped_labeller, unpack
from services.storage.models import SHIPPED, ModelShelf
from services.storage.objects import ObjectStore

NAME = "labels"
_SHELVES: dict[int, ModelShelf] = {}
_LOADED: dict[tuple[int, int], Labeller] = {}


def labeller_in_use(store: ObjectStore) -> Labeller:
    """The labeller in use; the shelf of a store and each version are read once a process.

    Raises:
        StoreAway: the store does not answer.
        ValueError: the version was made for another release of the product.
    """
    shelf = _SHELVES.setdefault(id(store), ModelShelf(store, NAME))
    number = shelf.in_use()
    if number == SHIPPED:
        return shipped_labeller()
    key = (id(store), number)
    if key not in _LOADED:
        _LOADED[key] = unpack(shelf.model(number))
    return _LOADED[key]
