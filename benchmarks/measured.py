"""What a benchmark gives back, and how `python -m benchmarks.NAME` prints it."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """`figures` as measured; `ratios` against a goal or against somebody else, measured in the same run.

    `missed` says in a sentence each what is beyond its goal; a run that missed something ends with 1.
    """

    name: str
    figures: Mapping[str, Any]
    ratios: Mapping[str, float] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `motcua bench NAME --json`."""
        return {"name": self.name, "figures": dict(self.figures), "ratios": dict(self.ratios)}


def shares_of(figures: Mapping[str, Any], allowed: Mapping[str, float]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Each figure as a share of what is allowed, and a sentence for each that is above it."""
    ratios = {name: round(float(figures[name]) / limit, 3) for name, limit in allowed.items()}
    missed = [f"{name}: {figures[name]} where {limit:g} is allowed" for name, limit in allowed.items()
              if float(figures[name]) > limit]  # fmt: skip
    return ratios, tuple(missed)


def print_measured(run: Callable[[Sequence[str]], Measured]) -> None:
    """Measure with the arguments of the command line, print one line of JSON, end with 1 when a goal was missed."""
    measured = run(sys.argv[1:])
    print(json.dumps(measured.to_json(), ensure_ascii=False))
    for sentence in measured.missed:
        print(sentence, file=sys.stderr)
    sys.exit(int(bool(measured.missed)))
