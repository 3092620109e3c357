"""A machine-readable zone printed on a page is read place by place (specimen of ICAO Doc 9303, part 5)."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from services.ocr.engine import make_engine
from services.ocr.read_picture import DPI

pytestmark = pytest.mark.real

ZONE = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")


def test_every_place_of_a_zone_is_read() -> None:
    if not FONT.exists():
        pytest.skip("no typewriter font: apt-get install fonts-dejavu-core")
    picture = Image.new("L", (1012, 638), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 44)
    for row, line in enumerate(ZONE):
        pen.text((100, 380 + 70 * row), line, fill=20, font=font)
    read = make_engine("trueocr").read(np.asarray(picture, np.uint8), DPI)
    assert [line.text for line in read] == list(ZONE)
    assert [word.confidence > 0.9 for line in read[:2] for word in line.words] == [True] * 2
