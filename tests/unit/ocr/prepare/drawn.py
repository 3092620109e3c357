"""Pages drawn by the tests: rows of dark words on paper of any colour."""

import cv2
import numpy as np

from services.ocr.prepare.pictures import ColourImage

WIDTH, HEIGHT = 1240, 1754


def draw_page(paper: tuple[int, int, int] = (250, 250, 250), ink: tuple[int, int, int] = (25, 25, 25)) -> ColourImage:
    """Thirty rows of words, ragged to the right."""
    page = np.full((HEIGHT, WIDTH, 3), paper, np.uint8)
    for row in range(30):
        words, at = "Xac nhan tinh trang"[: 12 + row % 8] + " cu tru", (120 + row * 97 % 500, 150 + 50 * row)
        cv2.putText(page, words, at, cv2.FONT_HERSHEY_SIMPLEX, 1.1, ink, 2, cv2.LINE_AA)
    return page
