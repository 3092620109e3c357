"""Turns a line of a layout and the facts into words with their fonts, fields, tick boxes and leaders."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from samples.fonts import Family, text_width
from samples.layout import FIELD
from samples.values import Manner, print_value


@dataclass(frozen=True)
class Word:
    """A word to be placed; `box` 1 is an empty tick box before it, 2 a ticked one; `fill` ends in a leader."""

    text: str
    font: Path
    size: float
    ink: str = "black"
    field: str = ""
    gap: float = 1.0
    box: int = 0
    comb: bool = False
    fill: bool = False
    wobble: float = 0.0

    @property
    def width(self) -> float:
        """Width in points, box or comb included."""
        if self.comb:
            return len(self.text) * self.size * 1.15
        return text_width(self.font, self.size, self.text) + (self.size * 1.2 if self.box else 0)

    @property
    def before(self) -> float:
        """Width of the gap before the word."""
        return self.gap * self.size * 0.27


@dataclass(frozen=True)
class Pen:
    """The hand of a paper: fonts and inks of what is printed on the form and of what is filled in."""

    label: Family
    value: Family
    size: float
    value_size: float
    value_ink: str
    value_style: str
    wobble: float
    leader: str
    leading: float


class Phrase:
    """Builds the words of one paper and remembers which fields it printed."""

    def __init__(self, facts: dict[str, str], manner: Manner, pen: Pen, rng: Random) -> None:
        self.facts = facts
        self.manner = manner
        self.pen = pen
        self.rng = rng
        self.printed: dict[str, str] = {}

    def words(self, text: str, style: str = "", size: float = 0, ink: str = "black") -> list[Word]:
        """The words of a line; values come in the pen's value hand unless the line itself has a style."""
        found: list[Word] = []
        at = 0
        for match in FIELD.finditer(text):
            found += self.between(text[at : match.start()], style, size, ink, after=at > 0)
            tight = match.start() > 0 and text[match.start() - 1] not in " ;" and bool(found)
            found += self.value(match.group(1), match.group(2) or "", style, size, tight=tight)
            at = match.end()
        return found + self.between(text[at:], style, size, ink, after=at > 0)

    def between(self, text: str, style: str, size: float, ink: str, *, after: bool) -> list[Word]:
        """The words of the form between two values; a comma stands close to the value that it comes `after`."""
        words = self.label(text, style, size, ink)
        if after and words and text[0] != " ":
            words[0] = replace(words[0], gap=0)
        return words

    def label(self, text: str, style: str, size: float, ink: str) -> list[Word]:
        """The words that the form itself prints; ` ;; ` becomes a wide gap."""
        font, points = self.pen.label.path(style), size or self.pen.size
        words, gap = [], 1.0
        for piece in text.split():
            if piece == ";;":
                gap = 7.0
                continue
            words.append(
                Word(
                    piece, font, points, ink, gap=gap, wobble=self.pen.wobble if self.pen.label is self.pen.value else 0
                )
            )
            gap = 1.0
        if gap > 1:
            words.append(Word("", font, points, gap=gap))
        return words

    def value(self, name: str, how: str, style: str, size: float, *, tight: bool) -> list[Word]:
        """The words of one value; an unknown value leaves an empty leader."""
        value = self.facts.get(name, "")
        field = "" if name.startswith("_") else name
        if how.startswith("tick="):
            return self.ticks(field, value, how[5:].split("/"))
        if not value:
            return [Word("", self.pen.label.path(style), size or self.pen.size, fill=True)]
        shown = (
            value if field == "" and not how else print_value(name, value, self.manner, "" if how == "comb" else how)
        )
        if field:
            self.printed[field] = value[:4] if how == "year" else value
        pen = self.pen
        plain = not field and pen.value_style != "hand"
        font = (
            pen.label.path(style)
            if style or plain
            else pen.value.path(pen.value_style if pen.value_style in {"b", "i"} else "")
        )
        points = (size or pen.value_size) if not plain else (size or pen.size)
        ink = "black" if style or plain else pen.value_ink
        pieces = [shown.replace(" ", "")] if how == "comb" else shown.split()
        words = [
            Word(piece, font, points, ink, field, comb=how == "comb", wobble=pen.wobble if ink != "black" else 0)
            for piece in pieces
        ]
        if tight:
            words[0] = replace(words[0], gap=0)
        words[-1] = replace(words[-1], fill=bool(field))
        return words

    def ticks(self, field: str, value: str, choices: list[str]) -> list[Word]:
        """All choices with their boxes, the box of the value ticked."""
        words = []
        for choice in choices:
            chosen = bool(value) and choice == value
            if chosen and field:
                self.printed[field] = value
            first, *rest = choice.split()
            tag = field if chosen else ""
            font, size = self.pen.label.path(), self.pen.size
            words.append(Word(first, font, size, field=tag, gap=3.0, box=2 if chosen else 1))
            words += [Word(piece, font, size, field=tag) for piece in rest]
        return words
