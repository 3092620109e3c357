"""Pages to cut lines from: papers of the training layouts, and pages of loose lines and cells, printed and degraded."""

import io
from collections.abc import Sequence
from random import Random

import cv2
import numpy as np
from PIL import Image

from samples.compose import compose_paper
from samples.degrade import degrade
from samples.fonts import Family, load_family, text_width
from samples.layout import layouts_of
from samples.paint import paint_sheet
from samples.reader.texts import draw_words
from samples.sheet import Run, Sheet, Stroke
from samples.stories import tell_story

FACES = {
    "serif": ("croscore/Tinos", "noto/NotoSerif", "noto/NotoSerifDisplay"),
    "sans": ("croscore/Arimo", "noto/NotoSans", "noto/NotoSansDisplay"),
    "mono": ("croscore/Cousine",),
    "hand": ("own/PatrickHand", "own/Mali"),
}
"""Faces of the training split, and two of Noto's that no split prints with."""

FACE_WEIGHTS = (8, 4, 3, 0.6)
WAYS = {"clean": 2, "scan": 3, "grey": 5, "copy": 4, "photo": 4, "bitonal": 1}
LEFT, RIGHT, TOP, BOTTOM = 45, 550, 50, 800
DPI = 150


def draw_sheet(rng: Random, number: int, law: tuple[str, ...]) -> Sheet:
    """A page of loose lines, or one of a paper of a training layout."""
    if rng.random() < 0.5:
        return loose_sheet(rng, law)
    told = rng.choice(tell_story(rng, number).papers)
    layout = rng.choice(layouts_of(told.kind, "train", told.facts.get("_about", "")))
    return rng.choice(compose_paper(layout, told.facts, rng, "train").sheets)


def pick_face(rng: Random) -> Family:
    """A typeface to learn from."""
    role = rng.choices(list(FACES), FACE_WEIGHTS)[0]
    return load_family(rng.choice(FACES[role]))


def loose_sheet(rng: Random, law: tuple[str, ...]) -> Sheet:
    """Lines in one to four columns, two in five in a face and size of their own."""
    sheet = Sheet(tint=rng.choice(((255, 255, 255),) * 3 + ((253, 250, 238), (252, 226, 222), (232, 244, 232))))
    face, size, leading = pick_face(rng), rng.uniform(8.5, 14), rng.uniform(1.25, 1.7)
    columns, y = rng.choice((1, 1, 1, 2, 3, 4)), float(TOP)
    ruled = columns > 1 and rng.random() < 0.5
    while y < BOTTOM:
        own = rng.random() >= 0.6
        font, points = (pick_face(rng), size * rng.uniform(0.8, 1.3)) if own else (face, size)
        y += points * leading
        width = (RIGHT - LEFT) / columns
        for column in range(columns):
            left, right = LEFT + width * column + 4, LEFT + width * (column + 1) - 6
            if columns > 1 and rng.random() < 0.4:
                right = min(right, left + rng.uniform(20, 120))
            sheet.lines.append(set_words(rng, draw_words(rng, law), font, points, (left, right, y)))
            if ruled:
                sheet.strokes.append(Stroke(((left - 4, y + points * 0.35), (right + 4, y + points * 0.35)), 0.6))
    return sheet


def set_words(
    rng: Random, words: Sequence[str], face: Family, size: float, place: tuple[float, float, float]
) -> list[Run]:
    """As many of the words as fit between left and right, on the base line y."""
    left, right, y = place
    font = face.path(rng.choices(("", "b", "i", "bi"), (5, 3, 2, 1))[0])
    x, line = left + rng.choice((0, 0, rng.uniform(0, 30))), []
    for word in words:
        width = text_width(font, size, word)
        if x + width > right:
            break
        ink = rng.choice(("black",) * 5 + ("blue", "navy", "grey"))
        line.append(Run(x, y, width, word, font, size, ink))
        x += width + size * rng.uniform(0.24, 0.32)
    return line


def print_page(sheet: Sheet, rng: Random) -> Image.Image:
    """The sheet as a scanner, copier or phone gives it; faces narrower, wider, thinner or fatter."""
    way = rng.choices(list(WAYS), list(WAYS.values()))[0]
    dpi = rng.choice((DPI, DPI, DPI, 130, 170, 200))
    finer = rng.random() < 0.4
    image = vary_face(paint_sheet(sheet, int(dpi * 1.5) if finer else dpi, rng), rng)
    if finer:
        image = image.resize((round(image.width / 1.5), round(image.height / 1.5)), Image.Resampling.LANCZOS)
    image = degrade(image, way, rng).convert("RGB")
    if way in {"clean", "bitonal"}:
        return image
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=rng.choice((45, 60, 60, 75, 90)))
    return Image.open(packed).convert("RGB")


def vary_face(image: Image.Image, rng: Random) -> Image.Image:
    """The page squeezed or stretched across, its strokes thinner or fatter by a part of a pixel."""
    pixels = np.asarray(image)
    if rng.random() < 0.5:
        share = rng.choice((rng.uniform(0.78, 1), rng.uniform(0.9, 1.15)))
        pixels = np.asarray(cv2.resize(pixels, None, fx=share, fy=1, interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.35:
        kernel = np.ones((rng.choice((1, 2)), 2), np.uint8)
        other = cv2.erode(pixels, kernel) if rng.random() < 0.5 else cv2.dilate(pixels, kernel)
        share = rng.uniform(0.2, 0.8)
        pixels = np.asarray(cv2.addWeighted(pixels, 1 - share, other, share, 0), np.uint8)
    return Image.fromarray(pixels)
