"""Pages held askew: how far their lines climb, and their words moved to where they would stand on a straight page.

A photograph's lines do not climb alike at its top and its foot; a straight line through what each line of words says
is enough for both tilt and perspective.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from services.dossier.page import Box, Line, Page, TextSource

FEWEST = 4  # lines that say the same before a page counts as askew
SPAN = 0.08  # of the page's width: shorter lines say too little
STEEPEST = 0.12  # heights of the page a line may climb over its width; more is no tilt but another direction
ALIKE = 0.02  # lines that climb this much otherwise are misread
MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Tilt:
    """Lines sink by `at_top + change * y` page heights over a whole page width; y from 0 (top) to 1."""

    at_top: float = 0.0
    change: float = 0.0

    def drop(self, x: float, y: float) -> float:
        """How much lower a word at (x, y) stands than where its line crosses the middle of the page."""
        return (self.at_top + self.change * y) * (x - MIDDLE)

    def level(self, box: Box) -> Box:
        """The box where it would stand on a straight page."""
        drop = self.drop((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        return replace(box, top=box.top - drop, bottom=box.bottom - drop)

    def back(self, box: Box) -> Box:
        """The box on the page as it is, around what a level box holds."""
        middle = (box.top + box.bottom) / 2
        drops = [self.drop(x, middle) for x in (box.left, box.right)]
        top, bottom = max(box.top + min(drops), 0.0), min(box.bottom + max(drops), 1.0)
        return replace(box, top=top, bottom=max(bottom, top))


def measure_tilt(page: Page) -> Tilt:
    """The tilt of a page that was read from a picture; none where too few lines say so."""
    if page.source is TextSource.TEXT_LAYER:
        return Tilt()
    climbs = [climb for line in page.lines if (climb := _climb(line)) is not None]
    if len(climbs) < FEWEST:
        return Tilt()
    usual = median(slope for slope, _, _ in climbs)
    kept = [climb for climb in climbs if abs(climb[0] - usual) < ALIKE]
    return _fit(kept) if len(kept) >= FEWEST else Tilt()


def _climb(line: Line) -> tuple[float, float, float] | None:
    """How steeply a line sinks, the height it stands at, and its length."""
    first, last = line.words[0].box, line.words[-1].box
    length = (last.left + last.right - first.left - first.right) / 2
    if length < SPAN:
        return None
    start, end = (first.top + first.bottom) / 2, (last.top + last.bottom) / 2
    slope = (end - start) / length
    return (slope, (start + end) / 2, length) if abs(slope) < STEEPEST else None


def _fit(climbs: Sequence[tuple[float, float, float]]) -> Tilt:
    """The straight line through the slopes over the heights; long lines count more."""
    weights = [length * length for _, _, length in climbs]
    total = sum(weights)
    mean_y = sum(w * y for w, (_, y, _) in zip(weights, climbs, strict=True)) / total
    mean_slope = sum(w * slope for w, (slope, _, _) in zip(weights, climbs, strict=True)) / total
    spread = sum(w * (y - mean_y) ** 2 for w, (_, y, _) in zip(weights, climbs, strict=True))
    if spread < total * SPAN * SPAN / 2:  # all at one height: nothing is known of the rest of the page
        return Tilt(mean_slope)
    along = sum(w * (y - mean_y) * (slope - mean_slope) for w, (slope, y, _) in zip(weights, climbs, strict=True))
    change = along / spread
    return Tilt(mean_slope - change * mean_y, change)


def straighten(page: Page, tilt: Tilt) -> Page:
    """The page with every word moved to where it would stand if the page lay straight."""
    if tilt == Tilt():
        return page
    lines = tuple(
        replace(line, words=tuple(replace(word, box=tilt.level(word.box)) for word in line.words))
        for line in page.lines
    )
    return replace(page, lines=lines)
