"""QR codes on a page image, read with zxing-cpp."""

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from services.dossier.page import Box
from services.extract.codes import Code


def read_codes(image: NDArray[np.uint8], page: int = 1, document: int = 1) -> tuple[Code, ...]:
    """The marks on an upright page image (height x width, grey, or x 3 colours); their boxes are page fractions."""
    height, width = image.shape[:2]
    found = []
    for mark in zxingcpp.read_barcodes(image):
        if not mark.text:
            continue
        spot = mark.position
        xs = [corner.x for corner in (spot.top_left, spot.top_right, spot.bottom_left, spot.bottom_right)]
        ys = [corner.y for corner in (spot.top_left, spot.top_right, spot.bottom_left, spot.bottom_right)]
        box = Box(min(xs) / width, min(ys) / height, max(xs) / width, max(ys) / height)
        found.append(Code(page, mark.text, box, str(mark.format).rpartition(".")[2], document))
    return tuple(found)
