"""What phones, scanners and copiers do to a clean page."""

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
WAYS = ("clean", "scan", "grey", "bitonal", "copy", "photo")


def degrade(image: Image.Image, way: str, rng: Random) -> Image.Image:
    """The page after one of `WAYS`."""
    pixels = np.asarray(image.convert("RGB"))
    if way == "clean":
        return image
    noise = np.random.default_rng(rng.randrange(2**32))
    if way == "photo":
        return Image.fromarray(photograph(pixels, rng, noise))
    turned = skew(pixels, rng.uniform(-1.6, 1.6))
    if way == "scan":
        return Image.fromarray(add_noise(turned, noise, rng.uniform(2, 6)))
    grey = np.asarray(cv2.cvtColor(turned, cv2.COLOR_RGB2GRAY), np.uint8)
    if way == "grey":
        return Image.fromarray(add_noise(grey, noise, rng.uniform(3, 8)))
    soft = np.asarray(cv2.GaussianBlur(add_noise(grey, noise, 14), (0, 0), 0.7), np.uint8)
    if way == "copy":
        specks = noise.random(soft.shape) < rng.uniform(0.0002, 0.001)
        soft = np.asarray(cv2.convertScaleAbs(soft, alpha=1.35, beta=-25), np.uint8)
        soft[specks] = 40
        return Image.fromarray(soft)
    _, black = cv2.threshold(soft, rng.randrange(150, 190), 255, cv2.THRESH_BINARY)
    return Image.fromarray(np.asarray(black, np.uint8)).convert("1", dither=Image.Dither.NONE)


def skew(pixels: Pixels, degrees: float) -> Pixels:
    """Turned a little round its middle on white."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderValue=(250, 250, 250)), np.uint8)


def add_noise(pixels: Pixels, noise: np.random.Generator, strength: float) -> Pixels:
    """Sensor noise from one small tile, laid over the whole page."""
    tile = noise.normal(0, strength, (256, 256)).astype(np.int16)
    rows, columns = (side // 256 + 1 for side in pixels.shape[:2])
    field = np.tile(tile, (rows, columns))[: pixels.shape[0], : pixels.shape[1]]
    if pixels.ndim > 2:
        field = np.repeat(field[:, :, None], 3, axis=2)
    return np.asarray(np.clip(pixels.astype(np.int16) + field, 0, 255), np.uint8)


def photograph(pixels: Pixels, rng: Random, noise: np.random.Generator) -> Pixels:
    """A page on a desk under a lamp, seen a little from the side."""
    height, width = pixels.shape[:2]
    margin = int(width * rng.uniform(0.02, 0.08))
    full_w, full_h = width + 2 * margin, height + 2 * margin

    def off() -> float:
        return rng.uniform(-0.8, 0.8) * margin

    corners = np.asarray([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.asarray([(x + margin + off(), y + margin + off()) for x, y in corners], np.float32)
    desk = np.asarray([rng.randrange(60, 190) for _ in range(3)], np.float32)
    ground = cv2.resize(noise.normal(0, 9, (60, 8)).astype(np.float32), (full_w, full_h), interpolation=cv2.INTER_CUBIC)
    canvas = np.asarray(np.clip(ground[:, :, None] + desk, 0, 255), np.uint8)
    cv2.warpPerspective(
        pixels,
        cv2.getPerspectiveTransform(corners, seen),
        (full_w, full_h),
        dst=canvas,
        borderMode=cv2.BORDER_TRANSPARENT,
    )
    low = np.full((6, 6), 1.0, np.float32) + noise.normal(0, 0.04, (6, 6)).astype(np.float32)
    low += np.linspace(rng.uniform(-0.22, 0), rng.uniform(-0.2, 0.06), 6, dtype=np.float32)[:, None]
    low += np.linspace(rng.uniform(-0.2, 0), rng.uniform(-0.12, 0.05), 6, dtype=np.float32)[None, :]
    if rng.random() < 0.4:
        low[rng.randrange(4) :, : rng.randrange(1, 3)] *= 0.72
    light = cv2.resize(np.clip(low, 0.35, 1.08), (full_w, full_h), interpolation=cv2.INTER_CUBIC)
    warmth = np.asarray([1.0, rng.uniform(0.94, 1.0), rng.uniform(0.84, 1.0)], np.float32)
    lit = np.clip(canvas * (light[:, :, None] * warmth), 0, 255).astype(np.uint8)
    return add_noise(
        np.asarray(cv2.GaussianBlur(lit, (0, 0), rng.uniform(0.4, 1.0)), np.uint8), noise, rng.uniform(2, 6)
    )
