"""Line boxes of a page as letters: cut, batched, recognised."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.ocr.allowance import Allowance
from services.ocr.crops import BESIDE, STEP, batch_by_width, cut_line, stack_lines
from services.ocr.detect import Boxes
from services.ocr.engine import GrayImage
from services.ocr.figures import with_figures
from services.ocr.gaps import with_spaces
from services.ocr.leaders import as_leaders
from services.ocr.letters import Letter, Steps, letters_of
from services.ocr.signs import with_raised
from services.ocr.trueocr_models import Models


@dataclass(frozen=True, slots=True)
class SeenLine:
    """The letters of one line box and how a recogniser step becomes a place on the page.

    `box` is (left, top, right, bottom) in pixels; a step is `step_width` pixels of the page wide, the first starts at
    `origin`.
    """

    box: NDArray[np.float32]
    letters: Sequence[Letter]
    origin: float
    step_width: float


def recognise_lines(image: GrayImage, boxes: Boxes, models: Models, allowance: Allowance) -> list[SeenLine]:
    """What stands in every box, in the order of the boxes.

    Raises:
        CannotProceed: the page has used its time up.
    """
    crops = [cut_line(image, box) for box in boxes]
    seen: dict[int, SeenLine] = {}
    for batch in batch_by_width([crop.shape[1] for crop in crops]):
        allowance.check()
        pixels, widths = stack_lines([crops[index] for index in batch])
        ids, lengths, values, classes = models.recogniser.run(
            ["ids", "lengths", "topv", "topi"], {"x": pixels, "widths": widths}
        )
        for row, index in enumerate(batch):
            length = int(lengths[row])
            steps = Steps(ids[row, :length], values[row, :length], classes[row, :length])
            letters = as_leaders(letters_of(steps, models.charset), crops[index])
            letters = with_spaces(with_figures(with_raised(letters, crops[index]), crops[index]), crops[index])
            seen[index] = _place(boxes[index], letters, crops[index].shape[1])
    return [seen[index] for index in range(len(boxes))]


def _place(box: NDArray[np.float32], letters: list[Letter], crop_width: int) -> SeenLine:
    height = float(box[3] - box[1]) * 1.1
    framed = float(box[2] - box[0]) + 2 * BESIDE * height
    per_column = framed / crop_width
    return SeenLine(box, letters, float(box[0]) - BESIDE * height, STEP * per_column)
