"""Workers take the version in use with their next dossier, and the shipped one again after a roll-back."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.classify.in_use import NAME, model_in_use
from services.classify.model import pack_model, shipped_model
from services.storage.folder import FolderStore
from services.storage.models import ModelShelf


def test_a_version_put_in_use_is_taken_without_a_restart(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    assert model_in_use(store) is shipped_model()
    other = ModelShelf(FolderStore(tmp_path), NAME)
    other.use(other.add(pack_model(replace(shipped_model(), temperature=1.5)), "card"))
    assert model_in_use(store).temperature == 1.5
    assert model_in_use(store) is model_in_use(store)
    other.use(other.before())
    assert model_in_use(store) is shipped_model()


def test_a_version_of_another_release_is_refused(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    shelf = ModelShelf(store, NAME)
    packed = pack_model(replace(shipped_model(), weights=shipped_model().weights[:, :16]))
    shelf.use(shelf.add(packed, "card"))
    with pytest.raises(ValueError, match="other kinds"):
        model_in_use(store)
