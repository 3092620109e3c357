"""Signatures: a few loops of a pen, never legible and never anyone's."""

import math
from random import Random

from samples.sheet import Sheet, Stroke


def place_signature(sheet: Sheet, rng: Random, x: float, y: float, ink: str = "") -> None:
    """Draws a signature of about 70 by 30 points round x, y, with a flourish in two of three."""
    colour = ink or rng.choice(("blue", "blue", "blue", "black"))
    width = rng.uniform(0.9, 1.7)
    sheet.strokes.append(Stroke(loops(rng, x, y), width, colour))
    if rng.random() < 0.66:
        sweep = rng.uniform(25, 45)
        bend = rng.uniform(-9, 9)
        points = tuple((x - sweep + t * sweep / 6, y + 9 + bend * math.sin(t / 12 * math.pi)) for t in range(13))
        sheet.strokes.append(Stroke(points, width * 0.8, colour))


def loops(rng: Random, x: float, y: float) -> tuple[tuple[float, float], ...]:
    """A pen moving right in shrinking loops."""
    turns, tall = rng.uniform(2.5, 5), rng.uniform(9, 17)
    slant, reach = rng.uniform(0.2, 0.7), rng.uniform(26, 40)
    beat = rng.uniform(1.2, 2.1)
    points = []
    for step in range(70):
        t = step / 69
        angle = t * turns * 2 * math.pi
        height = tall * (1 - 0.6 * t) * math.sin(angle) + 3 * math.sin(beat * angle)
        points.append((x - reach + 2 * reach * t + slant * height + 7 * math.cos(angle), y - height))
    return tuple(points)
