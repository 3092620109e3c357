"""Units in a tree: a province, its centre, its communes (resolution 1672/NQ-UBTVQH15 of 16/6/2025, GSO codes)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `parent` is None at the top; `kind` is province, centre, department or commune; `agency` heads the codes
    of its dossiers, empty until the province gives one."""

    id: str
    name: str
    parent: str | None
    kind: str
    agency: str = ""


@cache
def load_shipped_units() -> tuple[Unit, ...]:
    """The units that ship: Lạng Sơn since 1/7/2025, parents before children."""
    rows = json.loads(files("services.access").joinpath("langson.json").read_text("utf-8"))
    return tuple(Unit(row["id"], row["name"], row["parent"], row["kind"]) for row in rows)
