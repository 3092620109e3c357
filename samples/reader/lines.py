"""Lines of generated pages, cut by the road's own preparation and detector, each with what is printed there.

What a line says is found by what the recogniser reads there: a whole printed line, or a part of one between blanks,
that says nearly the same whatever the accents. Where none does, the line comes without a text.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from samples.reader.pages import draw_sheet, print_page
from samples.sheet import line_text
from services.ocr.crops import batch_by_width, cut_line, stack_lines
from services.ocr.detect import find_lines
from services.ocr.letters import base_letter
from services.ocr.onnx_graph import FLOAT, add_output
from services.ocr.prepare.orientation import find_orientation
from services.ocr.prepare.pictures import as_pixels
from services.ocr.prepare.prepare import Ask, prepare
from services.ocr.trueocr_models import find_models, open_session, read_model

FEATURES = "/rec/blocks.5/Mul_output_0"
"""What the sixth of the recogniser's ten blocks says: (lines, 128, steps)."""

SAME = str.maketrans({"–": "-", "—": "-", "‘": "’"})
WHOLE, PART = 80, 82
"""How alike (0–100) what was read and a printed line, or a part of one, must be."""

SHORT, MOST_APART, WRONG = 4, 3, 0.2


@dataclass(frozen=True, slots=True)
class LineLesson:
    """A line's features, shape (128, steps) float16; what was read there, and what is printed, None where unknown."""

    features: NDArray[np.float16]
    read: str
    printed: str | None


class LineCutter:
    """Draws pages and cuts their lines with the wheel's models."""

    def __init__(self, law: tuple[str, ...]) -> None:
        folder = find_models()
        self._law = law
        self._charset: list[str] = json.loads(read_model(folder, "meta.json"))["charset"]
        self._detector = open_session(read_model(folder, "det.onnx"))
        self._recogniser = open_session(add_output(read_model(folder, "rec.onnx"), FEATURES, FLOAT))
        self._ask: Ask = find_orientation()

    def draw_lines(self, seed: int, number: int) -> list[LineLesson]:
        """The lines of one page; seed, number and texts decide it."""
        rng = Random(f"reader/{seed}/{number}")
        sheet = draw_sheet(rng, number, self._law)
        page = prepare(as_pixels(print_page(sheet, rng)), self._ask).image
        boxes = find_lines(page, self._detector)
        if rng.random() < 0.3:
            moved = [rng.uniform(-2, 1), rng.uniform(-1, 1), rng.uniform(-1, 2), rng.uniform(-1, 1)]
            boxes = np.maximum(boxes + np.asarray(moved, np.float32), 0)
        crops = [cut_line(page, box) for box in boxes if min(box[2] - box[0], box[3] - box[1]) > 3]
        texts = [unicodedata.normalize("NFC", line_text(line)).strip().translate(SAME) for line in sheet.lines if line]
        printed = Printed([text for text in texts if text])
        return [lesson for batch in batch_by_width([crop.shape[1] for crop in crops])
                for lesson in self._read([crops[at] for at in batch], printed)]  # fmt: skip

    def _read(self, crops: list[NDArray[np.float32]], printed: "Printed") -> list[LineLesson]:
        pixels, widths = stack_lines(crops)
        ids, lengths, features = self._recogniser.run(["ids", "lengths", FEATURES], {"x": pixels, "widths": widths})
        found = []
        for row, length in enumerate(lengths.tolist()):
            read = read_classes(ids[row, :length], self._charset)
            found.append(LineLesson(features[row, :, :length].astype(np.float16), read, printed.at(read)))
        return found


def read_classes(ids: NDArray[np.int64], charset: Sequence[str]) -> str:
    """Runs merged, blanks dropped."""
    if not len(ids):
        return ""
    fresh = np.concatenate(([True], ids[1:] != ids[:-1]))
    return "".join(charset[at - 1] for at in ids[fresh].tolist() if at)


def bare(text: str) -> str:
    """Small base letters, one for each letter of the text."""
    return "".join(base_letter(letter) for letter in text).lower()


class Printed:
    """The lines of a page, to be found by what was read of them."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._bare = [bare(text) for text in texts]

    def at(self, read: str) -> str | None:
        """What is printed where that was read."""
        looked = bare(read)
        if not looked.strip():
            return None
        if len(looked) < SHORT:
            found = {word for text in self._texts for word in (text, *text.split()) if bare(word) == looked}
            return found.pop() if len(found) == 1 else None
        found_text = self._whole(looked) or self._part(looked)
        return found_text if found_text and is_near(looked, bare(found_text)) else None

    def _whole(self, looked: str) -> str | None:
        best = process.extractOne(looked, self._bare, scorer=fuzz.ratio, score_cutoff=WHOLE)
        return self._texts[best[2]] if best else None

    def _part(self, looked: str) -> str | None:
        best = process.extractOne(looked, self._bare, scorer=fuzz.partial_ratio, score_cutoff=PART)
        if not best or len(self._bare[best[2]]) < len(looked):
            return None
        whole = self._bare[best[2]]
        found = fuzz.partial_ratio_alignment(looked, whole)
        if not found:
            return None
        bounds = [0, *(at for at, letter in enumerate(whole) if letter == " "), len(whole)]
        first, last = (min(bounds, key=lambda at: abs(at - end)) for end in (found.dest_start, found.dest_end))
        return self._texts[best[2]][first:last].strip()


def is_near(read: str, printed: str) -> bool:
    """Whether nothing long was lost or added, at the ends no more than a letter, and few letters differ."""
    wrong = 0
    for step in Levenshtein.opcodes(read, printed):
        if step.tag == "equal":
            continue
        old, new = step.src_end - step.src_start, step.dest_end - step.dest_start
        at_end = step.src_start == 0 or step.src_end == len(read)
        signs_only = new <= old and not read[step.src_start : step.src_end].strip(" .,:;")
        if abs(old - new) >= MOST_APART or (at_end and abs(old - new) > 1 and not signs_only):
            return False
        wrong += max(old, new)
    return wrong <= max(1, WRONG * len(printed))
