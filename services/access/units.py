"""Units in a tree: a province, its centre, its communes (resolution 1672/NQ-UBTVQH15 of 16/6/2025, GSO codes)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from services.language.fold import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `parent` is None at the top; `kind` is province, centre, department or commune; `agency` heads the codes
    of its dossiers, empty until the province gives one; `closed_on` is the first day it takes no more dossiers in."""

    id: str
    name: str
    parent: str | None
    kind: str
    agency: str = ""
    closed_on: date | None = None

    def is_closed(self, day: date) -> bool:
        """Whether it takes no dossiers in on a day."""
        return self.closed_on is not None and self.closed_on <= day


@cache
def load_shipped_units() -> tuple[Unit, ...]:
    """The units that ship: Lạng Sơn since 1/7/2025, parents before children."""
    rows = json.loads(files("services.access").joinpath("langson.json").read_text("utf-8"))
    return tuple(Unit(row["id"], row["name"], row["parent"], row["kind"]) for row in rows)


def walk_tree(units: Sequence[Unit]) -> list[tuple[int, Unit]]:
    """Units with their depth, each above those that hang below it, by name among brothers.

    One whose parent is not among them stands at the top.
    """
    known = {unit.id for unit in units}
    found: list[tuple[int, Unit]] = []

    def visit(parent: str | None, depth: int) -> None:
        below = [unit for unit in units if (unit.parent if unit.parent in known else None) == parent]
        for unit in sorted(below, key=lambda one: (one.kind == "commune", fold(one.name))):
            found.append((depth, unit))
            visit(unit.id, depth + 1)

    visit(None, 0)
    return found
