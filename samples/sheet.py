"""What stands on a page and where: points (1/72 inch) from the top left corner, y at the base line of a text."""

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

A4 = (595.0, 842.0)
A3_HALF = (560.0, 792.0)
INKS = {
    "black": (25, 25, 28), "blue": (32, 52, 140), "red": (196, 30, 45), "grey": (110, 110, 115), "brown": (120, 60, 40),
    "faint": (150, 150, 155), "navy": (20, 40, 90),
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Words of one font side by side; `field` names the value they belong to, `space` whether a gap stands before."""

    x: float
    y: float
    width: float
    text: str
    font: Path
    size: float
    ink: str = "black"
    field: str = ""
    space: bool = True
    wobble: float = 0.0


@dataclass(frozen=True)
class Stroke:
    """A line through points; dotted when `dash` is above nought, filled when `fill` names an ink."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.6
    ink: str = "black"
    dash: float = 0.0
    fill: str = ""


@dataclass(frozen=True)
class Seal:
    """A round red seal of an agency, centred at x, y."""

    x: float
    y: float
    radius: float
    text: str
    centre: str
    turn: float


@dataclass(frozen=True)
class Picture:
    """An image laid into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    image: Image.Image


@dataclass
class Sheet:
    """One page: its lines of text in reading order, strokes, pictures and seals."""

    size: tuple[float, float] = A4
    tint: tuple[int, int, int] = (255, 255, 255)
    lines: list[list[Run]] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)

    def text(self) -> str:
        """The printed text in reading order, one printed line a line; leaders, seals and signatures are not text."""
        return "\n".join(line_text(line) for line in self.lines if line)

    def runs(self) -> list[Run]:
        """All runs in reading order."""
        return [run for line in self.lines for run in line]

    def field_boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """The box of each field's value on this page: left, top, right, bottom in points."""
        boxes: dict[str, tuple[float, float, float, float]] = {}
        for run in self.runs():
            if run.field:
                box = (run.x, run.y - run.size * 0.8, run.x + run.width, run.y + run.size * 0.25)
                old = boxes.get(run.field, box)
                boxes[run.field] = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
        return boxes


def line_text(line: list[Run]) -> str:
    """The text of one printed line."""
    return "".join(f"{' ' if run.space and number else ''}{run.text}" for number, run in enumerate(line))
