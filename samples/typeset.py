"""Sets the lines of a layout on sheets: wraps, centres, rules leaders, builds tables and signature blocks."""

from dataclasses import dataclass, replace
from random import Random

from samples.fonts import text_width
from samples.ink import place_signature
from samples.sheet import A4, Run, Seal, Sheet, Stroke
from samples.words import Phrase, Word

Row = list[Word]


@dataclass(frozen=True)
class Frame:
    """The printable part of a page in points and the paper's colour."""

    left: float = 62
    right: float = 540
    top: float = 52
    bottom: float = 790
    size: tuple[float, float] = A4
    tint: tuple[int, int, int] = (255, 255, 255)
    border: bool = False


def wrap_words(words: list[Word], width: float) -> list[Row]:
    """Greedy lines no wider than `width`; a single word that is too wide stands alone."""
    rows: list[Row] = [[]]
    used = 0.0
    for word in words:
        need = word.width + (word.before if rows[-1] else 0)
        if rows[-1] and used + need > width:
            rows.append([])
            used, need = 0.0, word.width
        rows[-1].append(word)
        used += need
    return [row for row in rows if row]


def row_width(row: Row) -> float:
    """Width of a row of words with the gaps between them."""
    return sum(word.width + (word.before if number else 0) for number, word in enumerate(row))


class Composer:
    """Carries the pen down the sheets of one paper."""

    def __init__(self, phrase: Phrase, frame: Frame, rng: Random, seal_text: str) -> None:
        self.phrase = phrase
        self.frame = frame
        self.rng = rng
        self.seal_text = seal_text
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self.new_sheet()

    @property
    def sheet(self) -> Sheet:
        """The sheet being written."""
        return self.sheets[-1]

    @property
    def leading(self) -> float:
        """Distance of two base lines in points."""
        return max(self.phrase.pen.size, self.phrase.pen.value_size * 0.95) * self.phrase.pen.leading

    def new_sheet(self) -> None:
        """Starts the next page."""
        frame = self.frame
        self.sheets.append(Sheet(frame.size, frame.tint))
        self.y = frame.top
        if frame.border:
            for gap, width in ((18, 2.2), (23, 0.7)):
                self.box(frame.left - gap, frame.top - gap, frame.right + gap, frame.bottom + gap, width)

    def room(self, height: float) -> None:
        """Turns the page when `height` points no longer fit."""
        if self.y + height > self.frame.bottom:
            self.new_sheet()

    def box(self, left: float, top: float, right: float, bottom: float, width: float = 0.7) -> None:
        """A rectangle of rules."""
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        self.sheet.strokes.append(Stroke(corners, width))

    def paragraph(self, words: list[Word], align: str = "left") -> None:
        """Wrapped lines between the margins."""
        for row in wrap_words(words, self.frame.right - self.frame.left):
            self.room(self.leading)
            self.y += self.leading
            self.place(row, self.frame.left, self.frame.right, align)

    def place(self, row: Row, left: float, right: float, align: str, *, join: bool = False) -> None:
        """Puts one row at the current height; `join` continues the line before in the text."""
        spare = right - left - row_width(row)
        x = left + max(0.0, {"left": 0.0, "center": spare / 2, "right": spare}[align])
        runs: list[Run] = []
        for number, word in enumerate(row):
            x += word.before if number else 0
            runs += self.word_runs(word, x, spaced=word.gap > 0)
            x += word.width
            if align == "left" and word.fill:
                x = self.leader(runs, row, number, x, right)
        if join and self.sheet.lines:
            self.sheet.lines[-1].extend(runs)
        else:
            self.sheet.lines.append(runs)

    def word_runs(self, word: Word, x: float, *, spaced: bool) -> list[Run]:
        """The runs of a word, with its tick box or the boxes of its comb."""
        if word.comb:
            return self.comb_runs(word, x)
        if word.box:
            self.tick(x, word)
            x += word.size * 1.2
        if not word.text:
            return []
        width = word.width - (word.size * 1.2 if word.box else 0)
        return [Run(x, self.y, width, word.text, word.font, word.size, word.ink, word.field, spaced, word.wobble)]

    def comb_runs(self, word: Word, x: float) -> list[Run]:
        """One character a box."""
        cell = word.size * 1.15
        runs = []
        for number, letter in enumerate(word.text):
            left = x + number * cell
            self.box(left, self.y - word.size, left + cell, self.y + word.size * 0.3, 0.5)
            inner = replace(word, text=letter, comb=False)
            runs.append(
                Run(
                    left + (cell - inner.width) / 2,
                    self.y,
                    inner.width,
                    letter,
                    word.font,
                    word.size,
                    word.ink,
                    word.field,
                    not number,
                )
            )
        return runs

    def tick(self, x: float, word: Word) -> None:
        """An empty or ticked box before a choice."""
        side = word.size * 0.8
        top = self.y - side
        self.box(x, top, x + side, self.y, 0.7)
        if word.box > 1:
            ink = self.phrase.pen.value_ink
            cross = self.rng.random() < 0.6
            first = (
                ((x, top), (x + side, self.y))
                if cross
                else ((x, self.y - side / 2), (x + side / 2, self.y), (x + side * 1.2, top - 2))
            )
            self.sheet.strokes.append(Stroke(first, 1.1, ink))
            if cross:
                self.sheet.strokes.append(Stroke(((x + side, top), (x, self.y)), 1.1, ink))

    def leader(self, runs: list[Run], row: Row, number: int, x: float, right: float) -> float:
        """Fills the open rest behind a value: to the margin behind the last one, a little way before a label."""
        pen = self.phrase.pen
        last = number == len(row) - 1
        spare = right - x - sum(word.width + word.before for word in row[number + 1 :])
        later = sum(word.fill for word in row[number + 1 :]) + 1
        room = max(0.0, spare / later - 2) if not last else max(0.0, right - x - 1)
        empty = not row[number].text
        style = pen.leader if not empty or pen.leader != "none" else "chars"
        if (
            style == "none"
            or room < pen.size
            or (not last and not empty and not any(w.fill for w in row[number + 1 :]))
        ):
            return x
        room = min(room, 90) if empty and not last else room
        if style == "chars":
            dot = text_width(pen.label.path(), pen.size, ".")
            text = "." * max(3, int(room / dot) - 1)
            runs.append(Run(x + 1, self.y, room, text, pen.label.path(), pen.size, "black", "", space=False))
        else:
            start = runs[-1].x if runs and row[number].text else x
            points = ((start, self.y + 1.6), (x + room, self.y + 1.6))
            self.sheet.strokes.append(Stroke(points, 0.5, "grey", dash=1.6 if style == "dots" else 0))
        return x + room

    def columns(self, blocks: list[list[str]], edges: list[tuple[float, float]], style: str) -> None:
        """Blocks of centred lines side by side; the text goes block by block."""
        start, lowest = self.y, self.y
        for block, (left, right) in zip(blocks, edges, strict=True):
            self.y = start
            for number, text in enumerate(block):
                self.column_line(text, left, right, style if style != "heads" else ("b" if number < 2 else "i"))
            lowest = max(lowest, self.y)
        self.y = lowest

    def column_line(self, text: str, left: float, right: float, style: str) -> None:
        """One entry of a column: words, `~` a signature, `*` a signature under a seal, `-` a short rule."""
        if text in {"~", "*"}:
            self.sign(text, (left + right) / 2)
        elif text == "-":
            middle, half = (left + right) / 2, (right - left) * 0.18
            self.sheet.strokes.append(Stroke(((middle - half, self.y + 4), (middle + half, self.y + 4)), 0.7))
            self.y += 4
        else:
            size = self.phrase.pen.size * (0.94 if style else 1)
            for row in wrap_words(self.phrase.words(text, style, size), right - left):
                self.y += self.leading * 0.96
                self.place(row, left, right, "center")

    def sign(self, mark: str, middle: float) -> None:
        """The room of a signature, signed; an office signs under its seal."""
        height = 52.0
        place_signature(self.sheet, self.rng, middle, self.y + height / 2)
        if mark == "*":
            off = self.rng.uniform(26, 44)
            self.sheet.seals.append(
                Seal(
                    middle - off,
                    self.y + height / 2 + 4,
                    self.rng.uniform(44, 51),
                    self.seal_text,
                    "★",
                    self.rng.uniform(-25, 25),
                )
            )
        self.y += height
