"""Any image mode to what readers take: RGB, L or 1, transparent parts on white, strip by strip so memory stays low."""

import numpy as np
from PIL import Image

_READY = ("RGB", "L", "1")
_GREY = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N", "LA", "La")
_STRIP_PIXELS = 4_000_000


def flatten(image: Image.Image) -> Image.Image:
    """A copy, or the image itself where its mode is ready, as RGB, L or 1."""
    if image.mode in _READY and "transparency" not in image.info:
        return image.copy() if image.mode != "1" else image.convert("1")
    width, height = image.size
    target = Image.new("L" if image.mode in _GREY else "RGB", image.size)
    scale = _scale_of(image)
    rows = max(1, _STRIP_PIXELS // max(width, 1))
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        target.paste(_flat_strip(strip, target.mode, scale), (0, top))
    return target


def _flat_strip(strip: Image.Image, mode: str, scale: tuple[float, float]) -> Image.Image:
    if strip.mode in ("I", "F") or strip.mode.startswith("I;16"):
        low, high = scale
        values = (np.asarray(strip, dtype=np.float32) - low) * (255.0 / (high - low))
        return Image.fromarray(np.clip(np.nan_to_num(values), 0, 255).astype(np.uint8))
    if strip.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in strip.info:
        clear = strip.convert("RGBA")
        white = Image.new("RGB", strip.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white.convert(mode)
    return strip.convert(mode)


def _scale_of(image: Image.Image) -> tuple[float, float]:
    """The values that are black and white; files of 12 bits or of fractions do not fill their type."""
    if image.mode not in ("I", "F") and not image.mode.startswith("I;16"):
        return 0.0, 255.0
    low, high = image.getextrema()
    if not (isinstance(low, int | float) and isinstance(high, int | float)) or not np.isfinite([low, high]).all():
        return 0.0, 1.0
    for full in (1.0, 255.0, 4095.0, 65535.0):
        if low >= 0 and high <= full:
            return 0.0, full
    return float(low), max(float(high), float(low) + 1.0)
