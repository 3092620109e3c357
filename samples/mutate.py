"""Layouts as nobody drew them: other wordings of what is asked, or none, other marks, lines joined, parted or moved.

A reader that learns from the few layouts of a kind learns them by heart. Learning from layouts whose words and order
change from paper to paper, it has to look at the values, what stands round them and what the kind of paper asks for.
"""

import re
from dataclasses import replace
from functools import cache
from random import Random

from samples.layout import FIELD, Layout, layouts_of
from services.dossier.kinds import PaperKind
from services.extract.labelled import part_field
from services.extract.lexicon import wordings_of

_OPEN = re.compile(r"^(?P<label>[^{}]*?)(?P<mark>\s*:?\s*)(?P<value>\{(?P<field>\w+)(?::[^}]*)?\}.*)$")
_FIXED = ("@", "|", "?")
REWORDED, BARE, UNMARKED, NUMBERED = 0.5, 0.15, 0.3, 0.08
JOINED, MOVED, SHUFFLED, CROSSED, TABLED, TOLD = 0.12, 0.15, 0.3, 0.5, 0.12, 0.1
_MARKS = (": ", ": ", ": ", " ", " – ", ":")
_FILLERS = (
    "Thông tin",
    "Nội dung",
    "Mục",
    "Phần",
    "Chi tiết",
    "Kê khai",
    "(nếu có)",
    "của",
    "hiện nay",
    "theo giấy tờ",
    "ghi rõ",
)


def mutate_layout(layout: Layout, rng: Random) -> Layout:
    """A layout that asks for the same fields in other words and, in part, in another order."""
    kind = PaperKind(layout.kind)
    chosen = layout.draw(rng)
    lines = _shuffled(_crossed(kind, layout, chosen, rng), rng)
    lines = [_mutate_line(kind, line, rng) for line in lines]
    lines = _set_anew(_joined(_moved(lines, rng), rng), rng)
    return replace(layout, lines=tuple(lines))


def _asks(line: str) -> bool:
    """Whether a line is a plain one that asks for something."""
    return bool(FIELD.search(line)) and not line.startswith(_FIXED)


def _crossed(kind: PaperKind, layout: Layout, lines: list[str], rng: Random) -> list[str]:
    """Some lines as another layout of the kind has them, for the same fields."""
    if rng.random() >= CROSSED:
        return lines
    others = [one for one in layouts_of(kind, layout.split) if one.name != layout.name]
    told: dict[tuple[str, ...], list[str]] = {}
    for other in others:
        for line in other.draw(rng):
            if _asks(line):
                told.setdefault(_fields_of(line), []).append(line)
    return [
        rng.choice(told[_fields_of(line)]) if _asks(line) and _fields_of(line) in told and rng.random() < 0.5 else line
        for line in lines
    ]


def _fields_of(line: str) -> tuple[str, ...]:
    return tuple(match.group(1) for match in FIELD.finditer(line))


def _runs(lines: list[str]) -> list[list[str]]:
    """Lines in groups: those that ask for something and follow one another, and every other line alone."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and _asks(line) and _asks(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _shuffled(lines: list[str], rng: Random) -> list[str]:
    """In some papers the lines between two headings stand in any order."""
    groups = _runs(lines)
    for group in groups:
        if rng.random() < SHUFFLED:
            rng.shuffle(group)
    return [line for group in groups for line in group]


def _set_anew(lines: list[str], rng: Random) -> list[str]:
    """Groups of lines as a table with what is asked on the left, or as running text."""
    found: list[str] = []
    for group in _runs(lines):
        how = rng.random()
        if len(group) > 1 and how < TABLED:
            found += _as_table(group, rng)
        elif len(group) > 1 and how < TABLED + TOLD:
            parts = [line[:1].lower() + line[1:] if rng.random() < 0.6 else line for line in group]
            found.append(rng.choice((", ", ", ", "; ", ". ")).join(part.replace(" ;; ", ", ") for part in parts))
        else:
            found += group
    return found


def _as_table(group: list[str], rng: Random) -> list[str]:
    cells = [cell for line in group for cell in line.split(" ;; ")]
    if rng.random() < 0.3 and len(cells) > 3:
        pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
        return ["@table 1 1", *(f"| {pair[0]} | {pair[1] if len(pair) > 1 else ''} |" for pair in pairs)]
    rows = [(match["label"], match["value"]) if (match := _OPEN.match(cell)) else (cell, "") for cell in cells]
    return [
        rng.choice(("@table 2 3", "@table 1 2", "@table 3 4")),
        *(f"| {label} | {value} |" for label, value in rows),
    ]


def _mutate_line(kind: PaperKind, line: str, rng: Random) -> str:
    if line.startswith("|"):
        cells = line.strip().strip("|").split("|")
        return "|" + "|".join(f" {_mutate_cell(kind, cell.strip(), rng)} " for cell in cells) + "|"
    if line.startswith(_FIXED):
        return line
    parts = [_mutate_cell(kind, part, rng) for part in line.split(" ;; ")]
    numbered = f"{rng.randrange(1, 15)}{rng.choice(('.', ')', '/'))} " if rng.random() < NUMBERED else ""
    return numbered + rng.choice((" ;; ", " ;; ", ", ", "; ")).join(parts)


def _mutate_cell(kind: PaperKind, text: str, rng: Random) -> str:
    match = _OPEN.match(text)
    if not match:
        return text
    label, mark, value = match["label"], match["mark"], match["value"]
    if rng.random() < REWORDED:
        label = _reworded(kind, match["field"], label, rng)
    if rng.random() < UNMARKED:
        mark = rng.choice(_MARKS)
    if rng.random() < BARE:
        label, mark = "", ""
    return f"{label}{mark or ' '}{value}".strip()


def _reworded(kind: PaperKind, field: str, label: str, rng: Random) -> str:
    """Another wording, in part with words before or after it; where none is known, a part of the old one."""
    known = _wordings(kind, field.strip("_"))
    words = rng.choice(known).split() if known else label.split()
    if rng.random() < 0.25 and len(words) > 1:
        words.pop(rng.randrange(len(words)))
    if rng.random() < 0.15:
        words.insert(rng.choice((0, len(words))), rng.choice(_FILLERS))
    text = " ".join(words)
    return rng.choice((text, text, text.capitalize(), text.lower(), text.upper()))


@cache
def _wordings(kind: PaperKind, field: str) -> tuple[str, ...]:
    party, concept = part_field(field)
    return wordings_of(kind, field, concept, party)


def _moved(lines: list[str], rng: Random) -> list[str]:
    """Some lines that ask for something change places with the next one that does."""
    found = list(lines)
    for at in range(len(found) - 1):
        both = (found[at], found[at + 1])
        if rng.random() < MOVED and all(FIELD.search(one) and not one.startswith(_FIXED) for one in both):
            found[at], found[at + 1] = found[at + 1], found[at]
    return found


def _joined(lines: list[str], rng: Random) -> list[str]:
    """Some lines go on in the next one, as running text or side by side."""
    found: list[str] = []
    for line in lines:
        plain = bool(found) and not line.startswith(_FIXED) and not found[-1].startswith(_FIXED)
        if (
            plain
            and FIELD.search(line)
            and FIELD.search(found[-1])
            and len(found[-1] + line) < 150
            and rng.random() < JOINED
        ):
            found[-1] += rng.choice((" ;; ", ", ", ", ", "; ", " - ")) + line
        else:
            found.append(line)
    return found
