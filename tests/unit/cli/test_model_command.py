"""`motcua model`: versions listed, put in use, rolled back by one command; `motcua train` keeps the better one."""

from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from services.classify.features import BUCKETS
from services.classify.learn import learn, make_lesson
from services.classify.model import KINDS, KindModel
from services.cli import app
from services.cli.model_card import write_card
from services.cli.train import decide
from services.dossier.kinds import PaperKind
from services.settings import get_settings
from services.storage.folder import FolderStore
from services.storage.models import ModelShelf
from tests.builders.pages import document_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE

import_module("services.cli.model")
LESSONS = [
    make_lesson(document_from(text.replace("SINH", "")).pages[0], kind)
    for text, kind in (
        (BIRTH_DECLARATION, PaperKind.BIRTH_REGISTRATION_DECLARATION),
        (BIRTH_NOTICE, PaperKind.MEDICAL_BIRTH_CERTIFICATE),
    )
]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelShelf:
    monkeypatch.setenv("MOTCUA_STORE_URL", f"file://{tmp_path}")
    get_settings.cache_clear()
    shelf = ModelShelf(FolderStore(tmp_path), "kinds")
    for content in (b"one", b"two"):
        shelf.use(shelf.add(content, f"card of {content.decode()}"))
    return shelf


def run(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["model", *arguments])
    return outcome.exit_code, outcome.output


def test_list_marks_the_one_in_use(shelf: ModelShelf) -> None:
    assert run("list") == (0, "  0\n  1\n* 2\n")
    assert "card of two" in run("card", str(shelf.count()))[1]


def test_one_command_rolls_back(shelf: ModelShelf) -> None:
    assert run("roll-back") == (0, "* 1\n")
    assert shelf.in_use() == 1
    assert run("use", "0")[0] == 0
    assert shelf.in_use() == 0


def test_the_labeller_has_versions_of_its_own(shelf: ModelShelf) -> None:
    assert run("list", "--of", "labels") == (0, "* 0\n")
    assert run("use", "2", "--of", "labels")[0] != 0
    assert shelf.in_use() == 2


def test_a_version_that_is_not_there_is_a_wrong_call(shelf: ModelShelf) -> None:
    assert run("use", "7")[0] == 2
    assert shelf.in_use() == 2


def test_a_new_model_is_better_only_when_it_gets_more_right() -> None:
    blank, taught = KindModel(np.zeros((len(KINDS), BUCKETS), np.float32)), learn(LESSONS * 5)
    outcome = decide(taught, blank, LESSONS)
    assert outcome["better"]
    assert not decide(taught, taught, LESSONS)["better"]
    assert not decide(blank, taught, LESSONS)["better"]
    card = write_card({**outcome, "papers": 5, "seed": 1, "confirmed": 0}, date(2026, 11, 24))
    assert "| macro-F1 | 1.0000 |" in card
