"""Reads the layout files: what a paper says and where, one file a variant, the values left open.

A file has a head (`kind:`, `split:`, hints) and, after `---`, one line a printed line:

    @nation                       the motto of the republic, two centred lines
    @heads A / B // C / D         two columns of centred lines (agency left, motto or place and date right)
    @title …  @sub …  @center …  @right …  @bold …  @italic …  @note …  @gap 6  @page  @rule
    @sign A / ~ / B || C / * / D  columns of a signature: ~ a signature, * a signature under a red seal
    @table 1 3 2                  column widths; the rows follow as | cell | cell |
    Label: {field}                a paragraph; ` ;; ` parts a row into columns; every open value gets a leader
    ?40 text                      printed in 40 of 100 papers
    [[one|other]]                 one of several wordings, drawn once for each paper
    {field:style}                 a printed style of `values.STYLED`, or comb, tick=A/B
    {_note}                       a value that is printed but is no field of the kind

Hints: `about` (a layout for a sort of matter only), `label` and `value` (serif, sans, mono, hand), `tint`, `border`,
`sheet: card`, `leader`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent / "layouts"
CHOICE = re.compile(r"\[\[(.*?)\]\]")
MAYBE = re.compile(r"^\?(\d+) ")
FIELD = re.compile(r"\{(\w+)(?::([^}]*))?\}")


@dataclass(frozen=True)
class Layout:
    """One variant of a kind: its hints (`split`, `label`, `value`, `tint` …) and its lines as written."""

    name: str
    kind: str
    split: str
    hints: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    def hint(self, key: str, default: str = "") -> str:
        """The value of a hint of the head."""
        return dict(self.hints).get(key, default)

    def draw(self, rng: Random) -> list[str]:
        """The lines of one paper: wordings chosen, optional lines kept or left."""
        kept = []
        for line in self.lines:
            maybe = MAYBE.match(line)
            text = line[maybe.end() :] if maybe else line
            chosen = CHOICE.sub(lambda match: rng.choice(match.group(1).split("|")), text)
            if not maybe or rng.randrange(100) < int(maybe.group(1)):
                kept.append(chosen)
        return kept


def read_layouts(path: Path) -> list[Layout]:
    """The layouts of one file; several stand behind each other, parted by a line `====`."""
    found = []
    for number, part in enumerate(path.read_text(encoding="utf-8").split("\n====\n")):
        head, _, body = part.partition("\n---\n")
        hints = dict(line.split(": ", 1) for line in head.strip().splitlines() if ": " in line)
        lines = tuple(line for line in body.strip().splitlines() if line.strip())
        found.append(
            Layout(f"{path.stem}-{number + 1}", hints.pop("kind"), hints.pop("split"), tuple(hints.items()), lines)
        )
    return found


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every layout of the package, in the order of the file names."""
    return tuple(layout for path in sorted(FOLDER.glob("*.layout")) for layout in read_layouts(path))


@cache
def layouts_of(kind: str, split: str, about: str = "") -> tuple[Layout, ...]:
    """The variants of a kind that a split may use; demo uses those of train, so that evaluation stays unseen.

    Where some of them are `about` what is asked for, only those; else those that are about nothing in particular.
    """
    wanted = "train" if split == "demo" else split
    found = tuple(layout for layout in all_layouts() if layout.kind == kind and layout.split == wanted)
    found = found or tuple(layout for layout in all_layouts() if layout.kind == kind and layout.split == "eval")
    fitting = tuple(layout for layout in found if layout.hint("about") == about)
    return fitting or tuple(layout for layout in found if not layout.hint("about")) or found
