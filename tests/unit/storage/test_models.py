"""Versions of a model on a shelf: added, put in use, rolled back; nothing is ever written over."""

from pathlib import Path

from services.storage.folder import FolderStore
from services.storage.models import SHIPPED, ModelShelf


def test_the_shipped_one_is_in_use_until_another_is(tmp_path: Path) -> None:
    shelf = ModelShelf(FolderStore(tmp_path), "kinds")
    assert (shelf.count(), shelf.in_use()) == (0, SHIPPED)
    assert shelf.add(b"one", "card one") == 1
    assert shelf.in_use() == SHIPPED
    shelf.use(1)
    assert (shelf.in_use(), shelf.model(1), shelf.card(1)) == (1, b"one", "card one")


def test_rolling_back_adds_a_use_and_other_processes_see_it(tmp_path: Path) -> None:
    shelf, worker = (ModelShelf(FolderStore(tmp_path), "kinds") for _ in range(2))
    for content in (b"one", b"two"):
        shelf.use(shelf.add(content, "card"))
    assert worker.in_use() == 2
    assert shelf.before() == 1
    shelf.use(shelf.before())
    assert worker.in_use() == shelf.in_use() == 1
    shelf.use(SHIPPED)
    assert worker.in_use() == SHIPPED
    assert len(list((tmp_path / "models/kinds/uses").iterdir())) == 4


def test_models_of_two_names_do_not_meet(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    ModelShelf(store, "kinds").add(b"k", "c")
    assert ModelShelf(store, "fields").count() == 0
