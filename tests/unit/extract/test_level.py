"""Pages held askew: values stay on the row of their labels."""

from services.dossier.page import Box, Line, Page, TextSource, Word
from services.extract.level import Tilt, measure_tilt
from services.extract.rows import lay_out

LETTER = 0.012


def _line(text: str, left: float, y: float, tilt: Tilt) -> Line:
    words = []
    for word in text.split():
        right = left + 0.01 * len(word)
        middle = y + tilt.drop((left + right) / 2, y)
        words.append(Word(word, Box(left, middle - LETTER / 2, right, middle + LETTER / 2), 0.9))
        left = right + 0.008
    return Line(tuple(words))


def _page(tilt: Tilt, source: TextSource = TextSource.OCR) -> Page:
    lines = []
    for number in range(8):
        y = 0.2 + 0.06 * number
        lines.append(_line(f"Nhãn thứ {number}", 0.1, y, tilt))
        lines.append(_line(f"giá trị dài của ô {number}", 0.7, y, tilt))
    return Page(1, 1000, 1400, tuple(lines), source, "test", document=1)


def test_a_tilted_page_keeps_its_rows() -> None:
    for tilt in (Tilt(0.06), Tilt(-0.05), Tilt(0.02, 0.06)):
        rows = lay_out([_page(tilt)]).rows
        assert [row.text for row in rows] == [f"Nhãn thứ {n} giá trị dài của ô {n}" for n in range(8)]


def test_the_tilt_is_measured_at_top_and_foot() -> None:
    found = measure_tilt(_page(Tilt(0.02, 0.06)))
    assert abs(found.at_top - 0.02) < 0.003
    assert abs(found.change - 0.06) < 0.01


def test_a_text_layer_lies_straight() -> None:
    assert measure_tilt(_page(Tilt(0.05), TextSource.TEXT_LAYER)) == Tilt()


def test_a_box_finds_back_to_the_page_as_it_is() -> None:
    tilt = Tilt(0.06)
    word = _line("Hoa", 0.8, 0.5, tilt).words[0].box
    back = tilt.back(tilt.level(word))
    assert back.top <= word.top + 1e-6
    assert back.bottom >= word.bottom - 1e-6
    assert back.bottom - back.top < 2 * LETTER
