"""Index 766 as people read it on paper: units by name, indicators by name, numbers as the language writes them."""

from collections.abc import Callable, Sequence

from services.api.spreadsheet import Table
from services.deadline.index766.score import Result
from services.wording import Language, sentence

HEADS = ("group", "indicator", "points", "most", "numerator", "denominator", "unknown")


def paper_table(found: Sequence[tuple[str, Result]], language: Language, name: Callable[[str], str]) -> Table:
    """A row a group and indicator, each group's sum after its rows, the whole last; then what is assumed.

    `found`: results by group, the whole last; `name` says how people call a group.
    """

    def say(id_: str) -> str:
        return sentence(f"index766.{id_}").say(language)

    rows: list[list[str | int | float | None]] = [[say(f"head_{head}") for head in HEADS]]
    for at, (group, result) in enumerate(found):
        called = say("whole") if at == len(found) - 1 else name(group)
        for score in result.scores:
            assumed = " *" if score.indicator.assumed else ""
            rows.append([called, score.name.say(language) + assumed, score.points, float(score.indicator.most),
                         score.numerator, score.denominator, score.unknown])  # fmt: skip
        rows.append([called, say("sum"), result.points, result.reachable, None, None, None])
    return [*rows, [f"* {say('assumed')}"]]
