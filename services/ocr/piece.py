"""A piece of text and its place, as reading order is found from."""

from dataclasses import dataclass

from services.dossier.page import Box, Line


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a part of one, with the box around it."""

    line: Line
    box: Box

    @classmethod
    def of(cls, line: Line) -> "Piece":
        """The line with its box."""
        return cls(line, line.box)

    @property
    def centre(self) -> float:
        """Middle between left and right."""
        return (self.box.left + self.box.right) / 2
