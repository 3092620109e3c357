"""Paints a sheet into pixels."""

import math
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from samples.fonts import families
from samples.sheet import INKS, Run, Sheet, Stroke


@lru_cache(maxsize=256)
def sized_font(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """A font at a whole pixel size."""
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)


def paint_sheet(sheet: Sheet, dpi: int, rng: Random) -> Image.Image:
    """The sheet as an RGB image at `dpi`."""
    scale = dpi / 72
    image = Image.new("RGB", (round(sheet.size[0] * scale), round(sheet.size[1] * scale)), sheet.tint)
    draw = ImageDraw.Draw(image)
    for picture in sheet.pictures:
        box = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        image.paste(picture.image.convert("RGB").resize(box), (round(picture.x * scale), round(picture.y * scale)))
    for stroke in sheet.strokes:
        paint_stroke(draw, stroke, scale)
    for run in sheet.runs():
        paint_run(draw, run, scale, rng)
    for seal in sheet.seals:
        mask = seal_mask(seal.text, seal.radius, dpi, seal.turn)
        image.paste(
            INKS["red"], (round(seal.x * scale - mask.width / 2), round(seal.y * scale - mask.height / 2)), mask
        )
    return image


def paint_run(draw: ImageDraw.ImageDraw, run: Run, scale: float, rng: Random) -> None:
    """One run; a written one dances a little on its line."""
    y = run.y * scale + (rng.uniform(-0.7, 0.7) * scale * run.wobble)
    font = sized_font(run.font, max(4, round(run.size * scale)))
    draw.text((run.x * scale, y), run.text, INKS[run.ink], font, anchor="ls")


def paint_stroke(draw: ImageDraw.ImageDraw, stroke: Stroke, scale: float) -> None:
    """One line, dotted, solid or filled."""
    points = [(x * scale, y * scale) for x, y in stroke.points]
    width = max(1, round(stroke.width * scale))
    if stroke.fill:
        draw.polygon(points, fill=INKS[stroke.fill])
    if stroke.dash:
        (x, y), (end, _) = points[0], points[-1]
        while x < end:
            left, top = round(x), round(y)
            draw.rectangle((left, top, left + width - 1, top + width - 1), fill=INKS[stroke.ink])
            x += stroke.dash * 1.6 * scale
    else:
        draw.line(points, INKS[stroke.ink], width, joint="curve")


@lru_cache(maxsize=128)
def seal_mask(text: str, radius: float, dpi: int, turn: float) -> Image.Image:
    """The ink of a round seal: two rings, the agency along the ring and a star."""
    r = radius * dpi / 72
    side = int(r * 2 + 4)
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    middle = side / 2
    for share, width in ((1.0, 0.045), (0.63, 0.02)):
        draw.ellipse(
            [middle - r * share, middle - r * share, middle + r * share, middle + r * share],
            outline=205,
            width=max(1, int(r * width)),
        )
    star = [
        (middle + r * k * math.sin(i * math.pi / 5), middle - r * k * math.cos(i * math.pi / 5))
        for i in range(10)
        for k in ((0.3, 0.13)[i % 2],)
    ]
    draw.polygon(star, fill=190)
    font = sized_font(families("demo", "sans")[0].path("b"), max(5, int(r * 0.17)))
    letters = f"{text.upper()} * "
    for number, letter in enumerate(letters):
        tile = Image.new("L", (int(r * 0.36), int(r * 0.36)), 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, 215, font, anchor="mm")
        angle = 360 * number / len(letters) + 180
        tile = tile.rotate(-angle, Image.Resampling.BILINEAR)
        x, y = middle + 0.81 * r * math.sin(math.radians(angle)), middle - 0.81 * r * math.cos(math.radians(angle))
        mask.paste(tile, (int(x - tile.width / 2), int(y - tile.height / 2)), tile)
    return mask.rotate(turn, Image.Resampling.BILINEAR)
