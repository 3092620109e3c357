"""`motcua train --clues`: kept in the store where better than the weights in use, and used by workers from there."""

import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from services.classify.clues import CLUES
from services.classify.in_use import weights_in_use
from services.classify.learn_procedure import Case
from services.classify.procedure import learned_weights, unpack_weights
from services.cli import app, train_clues
from services.cli.train_clues import decide_weights, say_weights
from services.settings import get_settings
from services.storage.folder import FolderStore
from services.storage.models import ModelShelf

import_module("services.cli.train")
CASES = [Case(np.eye(4, len(CLUES)), 0), Case(np.diag([0.0, 1.0, 0.0, 0.0]) @ np.eye(4, len(CLUES)), 1)]
"""Both clues speak, for one procedure each, and the first is right; the second alone speaks, and is right."""


def weights(first: float, second: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([first, second] + [0.0] * (len(CLUES) - 2))


def test_better_is_likelier_and_as_often_first() -> None:
    assert decide_weights(weights(1.1, 1), weights(0, 0), CASES)["better"]
    assert not decide_weights(weights(0, 0), weights(0, 0), CASES)["better"]
    likelier = decide_weights(weights(1, 1.2), weights(0.02, 0.01), CASES)
    assert likelier["new"]["likelihood"] > likelier["old"]["likelihood"]
    assert not likelier["better"]


def test_weights_of_other_clues_are_refused() -> None:
    assert (unpack_weights(say_weights(weights(1, 2)).encode()) == weights(1, 2)).all()
    with pytest.raises(ValueError, match="other clues"):
        unpack_weights(b"asked = 1.0")


def test_the_command_keeps_better_weights_and_workers_take_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a small draw of the real generator; weights that are no better than those in use are not kept."""
    monkeypatch.setenv("MOTCUA_STORE_URL", f"file://{tmp_path}")
    get_settings.cache_clear()
    for name in ("DOSSIERS", "NATIONAL", "FROZEN_DOSSIERS", "FROZEN_NATIONAL"):
        monkeypatch.setattr(train_clues, name, 3)
    store = FolderStore(tmp_path)
    assert (weights_in_use(store) == learned_weights()).all()
    shelf = ModelShelf(store, "clues")
    shelf.use(shelf.add(say_weights(np.zeros(len(CLUES))).encode(), "nothing learned"))
    outcome = CliRunner().invoke(app, ["train", "--clues"])
    assert outcome.exit_code == 0, outcome.output
    assert shelf.in_use() == 2
    assert "right procedure first" in shelf.card(2)
    assert (weights_in_use(store) == unpack_weights(shelf.model(2))).all()
    assert CliRunner().invoke(app, ["train", "--clues"]).exit_code == 1
    assert shelf.in_use() == 2
    assert "samples.lessons" in sys.modules
