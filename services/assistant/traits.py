"""Marks that tell siblings apart, read off names and questions alike (`traits.toml`)."""

import math
import re
from functools import cache

import numpy as np

from services.assistant.sparse import Numbers
from services.assistant.words import load_book
from services.catalogue.national import NationalProcedure
from services.catalogue.procedure import Level

SPECIAL = frozenset({
    "again", "exchange", "extend", "cancel", "pause", "copy", "foreign", "china", "laos", "cambodia", "border",
    "mobile", "online", "joint", "guardian_watch", "cooperative", "group", "branch", "ship", "aircraft",
    "transit", "revoked", "ministry", "province", "complain", "denounce",
})  # fmt: skip
"""Marks of a procedure that is only meant when the question says so."""

LEVELS = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, Level.OTHER)


def read_traits(text: str) -> Numbers:
    """1 for every mark found in a name or a question (accents kept), in the order of the file."""
    clean = text.lower()
    return np.array([bool(pattern.search(clean)) for pattern in _patterns()], np.float32)


def read_facts(found: NationalProcedure, phrases: int) -> Numbers:
    """What is known of a procedure whatever the question: its traits, level, phrases written, and length of name."""
    procedure = found.procedure
    plain = [float(procedure.level is level) for level in LEVELS]
    plain += [math.log1p(phrases), float(found.curated), math.log(len(procedure.name_vi.split()))]
    return np.concatenate([read_traits(procedure.name_vi), np.array(plain, np.float32)])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_book("traits.toml").values())


@cache
def special_traits() -> Numbers:
    """1 for every mark that is special, in the order of the file."""
    return np.array([name in SPECIAL for name in load_book("traits.toml")], np.float32)


def count_traits() -> int:
    """How many marks there are."""
    return len(_patterns())
