"""The model of kinds that a worker names papers with: the version in use in the object store, else the shipped one."""

from services.classify.model import KindModel, shipped_model, unpack_model
from services.storage.models import SHIPPED, ModelShelf
from services.storage.objects import ObjectStore

NAME = "kinds"
_SHELVES: dict[int, ModelShelf] = {}
_LOADED: dict[tuple[int, int], KindModel] = {}


def model_in_use(store: ObjectStore) -> KindModel:
    """The model in use; the shelf of a store and each version are read once a process.

    Raises:
        StoreAway: the store does not answer.
        ValueError: the version was made for another release of the product.
    """
    shelf = _SHELVES.setdefault(id(store), ModelShelf(store, NAME))
    number = shelf.in_use()
    if number == SHIPPED:
        return shipped_model()
    key = (id(store), number)
    if key not in _LOADED:
        _LOADED[key] = unpack_model(shelf.model(number))
    return _LOADED[key]
