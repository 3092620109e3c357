"""A page that came on its side or upside down is read like any other, its boxes where the words lie on it."""

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from services.ocr.engine import Engine, make_engine
from services.ocr.read_picture import read_picture
from tests.integration.ocr.printed import print_page

pytestmark = pytest.mark.real

TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return make_engine("trueocr")


@pytest.mark.parametrize("angle", TURNS)
def test_a_turned_page_is_read_and_its_boxes_hold_ink(engine: Engine, angle: int) -> None:
    printed = print_page()
    page = printed.picture.transpose(TURNS[angle])
    read = read_picture(page, 1, engine)
    truth = "\n".join(printed.lines)
    assert Levenshtein.distance(truth, read.text) <= 0.02 * len(truth), read.text
    assert "turned" in read.preparation
    pixels = np.asarray(page.convert("L"))
    for word in (word for line in read.lines for word in line.words if len(word.text) > 1):
        rows = slice(round(word.box.top * page.height), round(word.box.bottom * page.height))
        columns = slice(round(word.box.left * page.width), round(word.box.right * page.width))
        assert pixels[rows, columns].min() < 128, word
        assert pixels[rows, columns].mean() < 245, word


@pytest.mark.parametrize("angle", [-2.5, 2.5])
def test_a_page_askew_is_read_and_its_boxes_hold_ink_where_it_came_from(engine: Engine, angle: float) -> None:
    printed = print_page()
    askew = printed.picture.rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)
    read = read_picture(askew, 1, engine)
    truth = "\n".join(printed.lines)
    assert Levenshtein.distance(truth, read.text) <= 0.02 * len(truth), read.text
    pixels = np.asarray(askew.convert("L"))
    for word in (word for line in read.lines for word in line.words if len(word.text) > 1):
        middle = round((word.box.top + word.box.bottom) / 2 * askew.height)
        left, right = (round(edge * askew.width) for edge in (word.box.left, word.box.right))
        assert pixels[middle - 12 : middle + 13, left:right].min() < 128, word
