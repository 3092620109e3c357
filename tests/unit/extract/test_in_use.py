"""Workers take the labeller in use with their next paper, and the shipped one again after a roll-back."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.extract.in_use import NAME, labeller_in_use
from services.extract.labeller import pack, shipped_labeller
from services.storage.folder import FolderStore
from services.storage.models import ModelShelf


def test_a_version_put_in_use_is_taken_without_a_restart(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    assert labeller_in_use(store) is shipped_labeller()
    other = ModelShelf(FolderStore(tmp_path), NAME)
    other.use(other.add(pack(replace(shipped_labeller(), kinds=shipped_labeller().kinds * 0)), "card"))
    assert not labeller_in_use(store).kinds.any()
    assert labeller_in_use(store) is labeller_in_use(store)
    other.use(other.before())
    assert labeller_in_use(store) is shipped_labeller()


def test_a_version_of_another_release_is_refused(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    shelf = ModelShelf(store, NAME)
    shelf.use(shelf.add(pack(replace(shipped_labeller(), kinds=shipped_labeller().kinds[:3])), "card"))
    with pytest.raises(ValueError, match="other kinds"):
        labeller_in_use(store)
