"""Which side of a page is up: a cheap look for sideways lines, and the model that is asked when there is a doubt.

The model (`orient.onnx` of the `trueocr` wheel) takes 20 ms a page; nearly all pages are upright, so it is asked only
about pages whose lines seem to run from top to bottom, or that were read badly.
"""

from collections.abc import Callable
from functools import cache, partial

import cv2
import numpy as np
import onnxruntime

from services.dossier.errors import CannotProceed
from services.ocr.engine import GrayImage
from services.ocr.prepare.pictures import Mask, shrink
from services.ocr.prepare.place import Matrix
from services.ocr.prepare.skew import sharpness
from services.ocr.trueocr_models import find_models, open_session, read_model

MODEL = "orient.onnx"
SIDE = 768
SURE = 0.95
"""A wrong turn loses a page; nearly all pages are upright."""

SIDEWAYS = 1.0
"""Lines run along the columns when those jump this many times as much as the rows."""

QUARTERS = 4


def seems_sideways(ink: Mask) -> bool:
    """Whether the ink of a page (as `ink_of` finds it) changes more from column to column than from row to row."""
    return sharpness(ink.sum(axis=0, dtype=np.float64)) > SIDEWAYS * sharpness(ink.sum(axis=1, dtype=np.float64))


def ask_quarters(image: GrayImage, model: onnxruntime.InferenceSession) -> int:
    """How many quarter turns clockwise bring the page upright: 0–3; 0 when the model is not sure."""
    small = shrink(image, SIDE, cv2.INTER_AREA)
    ink = np.zeros((SIDE, SIDE), np.float32)
    ink[: small.shape[0], : small.shape[1]] = 1.0 - small.astype(np.float32) / 255.0
    chances = model.run(None, {"x": ink[None, None]})[0][0]
    likely = int(chances[:QUARTERS].argmax())
    return likely if chances[likely] > SURE else 0


def turn_quarters(image: GrayImage, quarters: int) -> tuple[GrayImage, Matrix]:
    """The image turned clockwise by quarters, and the map back."""
    height, width = image.shape[:2]
    back = {
        0: np.eye(3),
        1: np.array([(0, 1, 0), (-1, 0, height), (0, 0, 1)], np.float64),
        2: np.array([(-1, 0, width), (0, -1, height), (0, 0, 1)], np.float64),
        3: np.array([(0, -1, width), (1, 0, 0), (0, 0, 1)], np.float64),
    }[quarters % QUARTERS]
    codes = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
    code = codes[quarters % QUARTERS]
    return (image if code is None else np.asarray(cv2.rotate(image, code), np.uint8)), back


@cache
def find_orientation() -> Callable[[GrayImage], int]:
    """What to ask which side is up: the model, loaded once a process; a page stays as it is where there is none."""
    try:
        model = open_session(read_model(find_models(), MODEL))
    except CannotProceed:  # the engine of the same models says so at start; another engine reads on without it
        return lambda image: 0  # noqa: ARG005 - stands in for the model
    return partial(ask_quarters, model=model)
