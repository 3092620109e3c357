"""The sheet found in a photograph, and unwarped.

Candidates are the large four-cornered shapes of three views of a thumbnail: brightness, lack of colour, and difference
from the rim of the picture (the table). One counts only when all along its sides the picture changes sharply from
inside to outside: a scan that merely darkens towards an edge has no such sides, and must never be cropped.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from services.ocr.prepare.pictures import ColourImage, Mask, shrink
from services.ocr.prepare.place import Matrix

SIDE = 600
SMALLEST, LARGEST = 0.2, 0.985
"""Shares of the picture that the sheet covers."""

FILLED = 0.93
"""The shape fills this share of its four corners' area at least."""

CLOSE, OPEN = 15, 9
POINTS = 24
"""Places looked at along each side."""

IN, OUT = 5.0, 4.0
"""How far inside and outside of the side colours are compared (thumbnail pixels): rules on paper are thinner."""

SHARP, HOLDS = 10.0, 0.75
"""A side counts when the colour changes by SHARP (CIELAB, 8 bit) at the share HOLDS of its points."""

Quad = NDArray[np.float32]
"""Shape (4, 2): corners in pixels, from top left clockwise."""


def find_sheet(image: ColourImage) -> Quad | None:
    """The corners of the sheet in a photograph; None where the sheet fills the picture or its sides cannot be seen."""
    small = shrink(image, SIDE)
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.5), cv2.COLOR_RGB2LAB), np.float32)
    found = [quad for view in _views(small, lab) for quad in _quads(view) if _has_sides(quad, lab)]
    if not found:
        return None
    largest = max(found, key=lambda quad: float(cv2.contourArea(quad)))
    return np.asarray(largest * np.float32(max(image.shape[:2]) / max(small.shape[:2])), np.float32)


def _views(small: ColourImage, lab: NDArray[np.float32]) -> Iterator[Mask]:
    light = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 2)
    yield np.asarray(light, np.uint8)
    saturation = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[:, :, 1]
    yield np.asarray(255 - cv2.GaussianBlur(saturation, (0, 0), 2), np.uint8)
    rim = np.concatenate(
        [lab[:4].reshape(-1, 3), lab[-4:].reshape(-1, 3), lab[:, :4].reshape(-1, 3), lab[:, -4:].reshape(-1, 3)]
    )
    off = lab - np.median(rim, axis=0)
    apart = np.sqrt(np.einsum("ijk,ijk->ij", off, off))
    yield np.asarray(np.clip(apart * 2, 0, 255), np.uint8)


def _quads(view: Mask) -> Iterator[Quad]:
    _, mask = cv2.threshold(view, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((CLOSE, CLOSE), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((OPEN, OPEN), np.uint8))
    shapes, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for shape in shapes:
        area = cv2.contourArea(shape)
        if area < SMALLEST * mask.size:
            continue
        hull = cv2.convexHull(shape)
        around = cv2.arcLength(hull, True)
        corners = (cv2.approxPolyDP(hull, share * around, True) for share in (0.02, 0.03, 0.05))
        four = next((quad for quad in corners if len(quad) == 4), None)  # noqa: PLR2004 - a sheet has four corners
        if four is not None and area > FILLED * (covered := cv2.contourArea(four)) and covered < LARGEST * mask.size:
            yield _ordered(four.reshape(4, 2).astype(np.float32))


def _ordered(corners: Quad) -> Quad:
    across, along = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    order = [across.argmin(), along.argmin(), across.argmax(), along.argmax()]
    return np.asarray(corners[order], np.float32)


def _has_sides(quad: Quad, lab: NDArray[np.float32]) -> bool:
    if len({tuple(corner) for corner in quad.tolist()}) < len(quad):
        return False
    middle = quad.mean(axis=0)
    sides = zip(quad, np.roll(quad, -1, axis=0), strict=True)
    seen = [_is_sharp(start, end, middle, lab) for start, end in sides]
    return all(side is not False for side in seen) and any(seen)


def _is_sharp(start: Quad, end: Quad, middle: Quad, lab: NDArray[np.float32]) -> bool | None:
    """Whether the picture changes along a side; None where the side is the rim of the picture itself."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1.0)
    outward = np.array([along[1], -along[0]], np.float32)
    if float(outward @ (start - middle)) < 0:
        outward = -outward
    points = start + np.linspace(0.04, 0.96, POINTS, dtype=np.float32)[:, None] * (end - start)
    outside, inside = points + OUT * outward, points - IN * outward
    limits = np.array([lab.shape[1] - 1, lab.shape[0] - 1], np.float32)
    within = ((outside >= 0) & (outside <= limits)).all(axis=1)
    if within.mean() < 0.5:  # noqa: PLR2004 - most of the side lies on the rim
        return None
    change = np.linalg.norm(_at(lab, outside[within]) - _at(lab, inside[within]), axis=1)
    return bool((change > SHARP).mean() > HOLDS)


def _at(lab: NDArray[np.float32], points: Quad) -> NDArray[np.float32]:
    columns = points[:, 0].round().astype(int).clip(0, lab.shape[1] - 1)
    rows = points[:, 1].round().astype(int).clip(0, lab.shape[0] - 1)
    return np.asarray(lab[rows, columns], np.float32)


def unwarp(image: ColourImage, quad: Quad, longest: int) -> tuple[ColourImage, Matrix]:
    """The sheet alone, its long side at most `longest` pixels, and the map back."""
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    wide, high = float(lengths[[0, 2]].max()), float(lengths[[1, 3]].max())
    scale = min(1.0, longest / max(wide, high))
    longest = round(max(image.shape[:2]) * scale)
    shrunk = shrink(image, longest, cv2.INTER_AREA) if scale < 0.75 else image  # noqa: PLR2004 - finer detail would alias
    width, height = max(2, round(wide * scale)), max(2, round(high * scale))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    source = quad * np.array([shrunk.shape[1] / image.shape[1], shrunk.shape[0] / image.shape[0]], np.float32)
    forward = cv2.getPerspectiveTransform(source, target)
    sheet = cv2.warpPerspective(shrunk, forward, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sheet, np.uint8), np.asarray(cv2.getPerspectiveTransform(target, quad), np.float64)
