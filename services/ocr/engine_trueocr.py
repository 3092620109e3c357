"""A line detector and a CTC recogniser (models of the `trueocr` wheel), spelt by our own language model.

Sessions and the language model are read-only, so any number of threads share one engine.
"""

from collections.abc import Mapping

import cv2

from services.dossier.page import Box, Line, Word
from services.language.counts import Language, load_language
from services.ocr.allowance import Allowance
from services.ocr.detect import find_lines
from services.ocr.engine import EngineOptions, GrayImage
from services.ocr.layout import arrange
from services.ocr.machine_zone import as_seen, choose, zone_lines
from services.ocr.recognise import SeenLine, recognise_lines
from services.ocr.rules import find_tables
from services.ocr.scribbles import without_scribbles
from services.ocr.second_reader import Doubt, doubt_of, find_second_reader
from services.ocr.spell import Spelt, spell_line
from services.ocr.trueocr_models import Models, find_models, load_models


class TrueocrEngine:
    """Detector, recogniser, language model and reading order in one process."""

    name = "trueocr"

    def __init__(self, models: Models, language: Language, options: EngineOptions) -> None:
        self._models = models
        self._page_seconds = options.page_seconds
        self._second = find_second_reader(options, language)
        self._language = language

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:  # noqa: ARG002 - the detector measures the lines itself
        """See `Engine.read`."""
        allowance = Allowance(self._page_seconds)
        boxes = find_lines(image, self._models.detector)
        seen = recognise_lines(image, boxes, self._models, allowance)
        zone = zone_lines([line.letters for line in seen])
        spelt = [
            [(self._zone(line, image), None)] if at in zone else self._words(line, image.shape)
            for at, line in enumerate(seen)
        ]
        lines = [Line(tuple(word for word, _ in words)) for words in spelt if words]
        doubts = {word: doubt for words in spelt for word, doubt in words if doubt}
        found = [self._with_names(line, doubts, image, allowance) for line in without_scribbles(lines, image)]
        return arrange(found, find_tables(image), image.shape[0] / image.shape[1])

    def _words(self, line: SeenLine, shape: tuple[int, ...]) -> list[tuple[Word, Doubt | None]]:
        """The words of a line, each with why it may be read better a second time."""
        spelt = spell_line(line.letters, self._language)
        return [(_word(one, line, shape), doubt_of(one, self._language)) for one in spelt]

    def _zone(self, line: SeenLine, image: GrayImage) -> Word:
        """A line of a machine-readable zone, as one word."""
        height, width = image.shape
        left, top, right, bottom = map(float, line.box)
        box = Box(left / width, top / height, right / width, bottom / height)
        seen = as_seen(line.letters)
        text, sure = choose(seen, self._second.read_zone(box, image) if self._second else seen)
        return Word(text, box, sure)

    def _with_names(self, line: Line, doubts: Mapping[Word, Doubt], image: GrayImage, allowance: Allowance) -> Line:
        allowance.check()
        return line if self._second is None else self._second.read_names(line, doubts, image)


def _word(spelt: Spelt, line: SeenLine, shape: tuple[int, ...]) -> Word:
    left = max(line.box[0], line.origin + spelt.first * line.step_width)
    right = min(line.box[2], line.origin + (spelt.last + 1) * line.step_width)
    box = Box(left / shape[1], line.box[1] / shape[0], max(left, right) / shape[1], line.box[3] / shape[0])
    return Word(spelt.text, Box(*map(float, (box.left, box.top, box.right, box.bottom))), spelt.confidence)


def start(options: EngineOptions) -> TrueocrEngine:
    """The engine, once its models are found, checked and loaded.

    Raises:
        CannotProceed: the wheel is missing, or a model is not the one we know.
    """
    cv2.setNumThreads(1)
    return TrueocrEngine(load_models(find_models()), load_language(), options)
