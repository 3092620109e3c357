"""One test run against every engine that can start here."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from services.dossier.errors import CannotProceed
from services.ocr.engine import ENGINES, Engine, EngineOptions, make_engine, start_engine
from tests.integration.ocr.printed import print_page

pytestmark = pytest.mark.real


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return make_engine(str(request.param))


def test_reads_a_clean_page_almost_without_error(engine: Engine) -> None:
    page = print_page()
    lines = engine.read(np.asarray(page.picture.convert("L")), 200)
    truth, read = "\n".join(page.lines), "\n".join(line.text for line in lines)
    assert Levenshtein.distance(truth, read) <= 0.02 * len(truth), read


def test_boxes_stand_where_the_words_are_printed(engine: Engine) -> None:
    page = print_page()
    lines = engine.read(np.asarray(page.picture.convert("L")), 200)
    height = page.picture.height
    for line, top in zip(lines, page.tops, strict=True):
        assert top - 15 <= line.box.top * height <= line.box.bottom * height <= top + 60
        assert all(a.box.left < b.box.left for a, b in zip(line.words, line.words[1:], strict=False))
    number = next(word for line in lines for word in line.words if "020187004321" in word.text)
    row = np.asarray(page.picture.convert("L"), np.uint8)[page.tops[3] : page.tops[3] + 50]
    column = row.min(axis=0) < 128
    left, right = (round(edge * page.picture.width) for edge in (number.box.left, number.box.right))
    assert column[left : right + 1].mean() > 0.5
    assert right - left == pytest.approx(12 * 18, rel=0.25)


def test_confidences_are_shares(engine: Engine) -> None:
    lines = engine.read(np.asarray(print_page().picture.convert("L")), 200)
    assert all(0 <= word.confidence <= 1 for line in lines for word in line.words)


def test_a_blank_page_has_no_lines(engine: Engine) -> None:
    assert engine.read(np.full((2339, 1654), 255, np.uint8), 200) == ()


@pytest.mark.parametrize("name", ENGINES)
def test_a_page_that_outruns_its_allowance_is_given_up_with_a_reason(name: str) -> None:
    engine = make_engine(name, EngineOptions(page_seconds=0.01))
    with pytest.raises(CannotProceed) as caught:
        engine.read(np.asarray(print_page().picture.convert("L")), 200)
    assert caught.value.sentence.id == "ocr.page_too_slow"


@pytest.mark.parametrize("name", ["pytesseract", "tesserocr"])
def test_a_missing_model_is_named_at_start(name: str) -> None:
    with pytest.raises(CannotProceed) as caught:
        make_engine(name, EngineOptions(tessdata="/nowhere"))
    assert caught.value.sentence.id in {"ocr.no_model", "ocr.no_tesseract"}


def test_two_threads_read_the_same_page_alike(engine: Engine) -> None:
    image = np.asarray(print_page().picture.convert("L"))
    alone = engine.read(image, 200)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: engine.read(image, 200), range(4))) == [alone] * 4


def test_tesseract_reads_where_the_models_of_the_default_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.ocr.trueocr_models.PINNED", {"det.onnx": "0" * 64, "rec.onnx": "0" * 64})
    assert start_engine("trueocr").name == "pytesseract"


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CannotProceed, match="pytesseract"):
        make_engine("crystal ball")
