"""Where a point of the prepared image lies on the page as it came."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Box, Line

Matrix = NDArray[np.float64]
"""Shape (3, 3): a projective map of pixels (x, y, 1) of an image to pixels of the image it was made from."""


@dataclass(frozen=True, slots=True)
class Place:
    """How the prepared image (`width` x `height` pixels) lies on the page as it came (`page_width` x `page_height`)."""

    matrix: Matrix
    width: int
    height: int
    page_width: int
    page_height: int

    def then(self, matrix: Matrix, width: int, height: int) -> "Place":
        """One step further: an image of this size, whose pixels `matrix` maps to those of the image before."""
        return replace(self, matrix=self.matrix @ matrix, width=width, height=height)

    def box(self, box: Box) -> Box:
        """A box of the prepared image on the page as it came (fractions of each).

        The box keeps its own size along the axes: a bounding box of a turned word would cover its neighbours.
        """
        x0, x1, y0, y1 = (
            side * size
            for side, size in (
                (box.left, self.width),
                (box.right, self.width),
                (box.top, self.height),
                (box.bottom, self.height),
            )
        )
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        left, right, top, bottom = self._points(((x0, middle_y), (x1, middle_y), (middle_x, y0), (middle_x, y1)))
        wide = float(max(abs(right[0] - left[0]), abs(bottom[0] - top[0]))) / 2
        high = float(max(abs(right[1] - left[1]), abs(bottom[1] - top[1]))) / 2
        x, y = ((left + right) / 2).tolist()
        return self._inside(x - wide, y - high, x + wide, y + high)

    def line(self, line: Line) -> Line:
        """A line with the boxes of its words on the page as it came."""
        return replace(line, words=tuple(replace(word, box=self.box(word.box)) for word in line.words))

    def _points(self, points: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
        mapped = cv2.perspectiveTransform(np.array(points, np.float64)[None], self.matrix)[0]
        return np.asarray(mapped, np.float64)

    def _inside(self, left: float, top: float, right: float, bottom: float) -> Box:
        x0, x1 = (min(max(x / self.page_width, 0.0), 1.0) for x in (left, right))
        y0, y1 = (min(max(y / self.page_height, 0.0), 1.0) for y in (top, bottom))
        return Box(x0, y0, x1, y1)


def whole_page(width: int, height: int) -> Place:
    """The page as it came, nothing done yet."""
    return Place(np.eye(3), width, height, width, height)
