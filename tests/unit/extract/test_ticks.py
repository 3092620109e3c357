"""A tick is seen by its ink, before the words or behind them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from services.dossier.kinds import PaperKind
from services.dossier.page import Page
from services.extract.find import find_fields
from services.extract.ticks import find_choices, mark_ticks
from tests.builders.pages import page_from

FORM = """
          TỜ KHAI ĐĂNG KÝ KHAI TỬ
Thông tin người chết
Họ, chữ đệm, tên: Triệu Văn Bản
Giới tính:      Nam        Nữ
"""


def drawn(page: Page, ticked: str | None, *, before: bool) -> np.ndarray:
    """Boxes beside both choices, one with a cross."""
    image = Image.new("L", (page.width, page.height), 250)
    draw = ImageDraw.Draw(image)
    for word in (word for line in page.lines for word in line.words if word.text in {"Nam", "Nữ"}):
        top, bottom = word.box.top * page.height, word.box.bottom * page.height
        side = bottom - top
        left = word.box.left * page.width - 1.6 * side if before else word.box.right * page.width + 0.6 * side
        draw.rectangle((left, top, left + side, bottom), outline=30, width=2)
        if word.text == ticked:
            draw.line((left, top, left + side, bottom), fill=60, width=3)
            draw.line((left, bottom, left + side, top), fill=60, width=3)
    return np.asarray(image, np.uint8)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("ticked", ["Nam", "Nữ"])
def test_the_ticked_choice_is_read(ticked: str, *, before: bool) -> None:
    page = page_from(FORM)
    marked = mark_ticks(page, drawn(page, ticked, before=before))
    found = {field.name: field.value for field in find_fields(PaperKind.DEATH_REGISTRATION_DECLARATION, [marked])}
    assert found["gender"] == ticked


def test_two_empty_boxes_and_no_boxes_say_nothing() -> None:
    page = page_from(FORM)
    assert mark_ticks(page, drawn(page, None, before=True)) == page
    assert mark_ticks(page, np.full((page.height, page.width), 255, np.uint8)) == page


def test_words_of_a_sentence_are_no_choices() -> None:
    assert find_choices(page_from("Giới tính: Nam   Dân tộc: Kinh\nmột người nam và một người nữ")) == []
