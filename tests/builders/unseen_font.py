"""Draws `services/files/unseen.ttf` anew: glyphs without area, half an em wide. `python -m tests.builders.unseen_font`.

A line from corner to corner covers nothing and still has a box, by which viewers mark and readers place a word.
"""

from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

import services.files

TARGET = Path(services.files.__file__).with_name("unseen.ttf")
GLYPHS = (".notdef", "unseen")


def _without_area() -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 1000))
    pen.closePath()
    return pen.glyph()


def font_bytes() -> bytes:
    """The font, the same bytes every time."""
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(GLYPHS))
    font.setupCharacterMap({0x20: "unseen"})
    font.setupGlyf({name: _without_area() for name in GLYPHS})
    font.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (500, 0)))
    font.setupHorizontalHeader(ascent=1000, descent=0)
    font.setupNameTable({"familyName": "Motcua Unseen", "styleName": "Regular", "psName": "MotcuaUnseen"})
    font.setupOS2(sTypoAscender=1000, sTypoDescender=0, usWinAscent=1000, usWinDescent=0)
    font.setupPost(isFixedPitch=1)
    font.font.recalcTimestamp = False
    font.font["head"].created = font.font["head"].modified = 0
    held = BytesIO()
    font.save(held)
    return held.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(font_bytes())
