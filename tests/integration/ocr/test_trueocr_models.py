"""The models are found, pinned, and named when something is wrong with them."""

import shutil
from pathlib import Path

import pytest

from services.dossier.errors import CannotProceed
from services.ocr.engine import make_engine
from services.ocr.trueocr_models import ADAPTED, PINNED, find_models, load_models, read_adapted, read_model

pytestmark = pytest.mark.real


@pytest.mark.parametrize("name", PINNED)
def test_every_model_is_the_pinned_one(name: str) -> None:
    assert read_model(find_models(), name)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotProceed, match=r"det\.onnx") as caught:
        read_model(tmp_path, "det.onnx")
    assert caught.value.sentence.id == "ocr.model_missing"


def test_a_changed_model_is_not_loaded(tmp_path: Path) -> None:
    shutil.copy(find_models() / "rec.onnx", tmp_path)
    with (tmp_path / "rec.onnx").open("ab") as model:
        model.write(b"\0")
    with pytest.raises(CannotProceed) as caught:
        read_model(tmp_path, "rec.onnx")
    assert caught.value.sentence.id == "ocr.model_unknown"


def test_without_the_wheel_the_engine_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [])
    with pytest.raises(CannotProceed) as caught:
        find_models()
    assert caught.value.sentence.id == "ocr.no_trueocr"


def test_the_engine_answers_by_its_name() -> None:
    assert make_engine("trueocr").name == "trueocr"


def test_the_adapted_recogniser_is_the_measured_one_and_knows_more_signs() -> None:
    assert read_adapted()
    assert set("!?[]°²") <= set(load_models(find_models()).charset)


def test_without_the_adapted_recogniser_the_one_of_the_wheel_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.ocr.trueocr_models.ADAPTED", tmp_path / "reader.onnx")
    assert read_adapted() is None
    assert len(load_models(find_models()).charset) == 222


def test_a_changed_adapted_recogniser_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "reader.onnx"
    changed.write_bytes(ADAPTED.read_bytes() + b"\0")
    monkeypatch.setattr("services.ocr.trueocr_models.ADAPTED", changed)
    with pytest.raises(CannotProceed, match=r"reader\.onnx") as caught:
        load_models(find_models())
    assert caught.value.sentence.id == "ocr.adapted_unknown"
