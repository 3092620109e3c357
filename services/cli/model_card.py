"""The card of a trained model: what it was made from, what was measured, kind by kind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

_HEAD = """# Kinds of paper

Tells which of the known kinds a page is, from hashed words and pieces of words on top of printed titles and phrases:
multinomial logistic regression, {temperature} as temperature. Made on {day} by

    motcua train --papers {papers} --seed {seed}{confirmed}

**Learned from** generated papers of the training layouts ({papers} of each kind, with the slips of OCR made on their
words){extra}. **Measured on** generated papers of layouts, wordings and typefaces that training never saw, with the
same slips. It has never seen a real citizen's paper unless officers confirmed some; on real forms the title decides
most. It is no judge of whether a paper is genuine.

| figure | this model | the one before |
| --- | --- | --- |
"""


def write_card(outcome: Mapping[str, Any], day: date) -> str:
    """The card in Markdown."""
    new, old = outcome["new"], outcome["old"]
    count = outcome["confirmed"]
    head = _HEAD.format(
        temperature=outcome["temperature"],
        day=day.isoformat(),
        papers=outcome["papers"],
        seed=outcome["seed"],
        confirmed=" --confirmed" if count else "",
        extra=f" and {count} pages that officers confirmed" if count else "",
    )
    rows = [f"| {name} | {_say(new, key)} | {_say(old, key)} |" for name, key in _FIGURES]
    kinds = [
        f"| {kind} | {row['papers']} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |"
        for kind, row in new["per_kind"].items()
    ]
    table = ["", "| kind | papers | precision | recall | F1 |", "| --- | --- | --- | --- | --- |", *kinds, ""]
    return head + "\n".join([*rows, *table])


_FIGURES = (
    ("first guess right", "top1"),
    ("among the first three", "top3"),
    ("macro-F1", "macro_f1"),
    ("decided", "decided"),
    ("right where decided", "right_where_decided"),
)


def _say(figures: Mapping[str, Any] | None, key: str) -> str:
    if figures is None:
        return "–"
    value = figures[key]
    if not isinstance(value, Mapping):
        return f"{value:.4f}"
    if value["value"] is None:
        return "–"
    return f"{value['value']:.4f} ({value['low']:.4f}–{value['high']:.4f}, of {value['of']})"
