"""Points of a period, each with its numerator and denominator as rows that can be opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.deadline.index766.facts import Period
from services.deadline.index766.indicators import Group, Indicator, IndicatorSet
from services.wording import Sentence, sentence

DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator: `numerator` and `denominator` are ids of rows, the first among the second; `unknown` counts rows
    left out because the fact is not known or does not apply. `points` is None where nothing can be said."""

    indicator: Indicator
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    unknown: int
    points: float | None

    @property
    def share(self) -> float | None:
        """Numerator ÷ denominator, 0–1; None without denominator."""
        return len(self.numerator) / len(self.denominator) if self.denominator else None

    @property
    def name(self) -> Sentence:
        """What it is called."""
        return sentence(f"index766.{self.indicator.id}")

    @property
    def formula(self) -> Sentence:
        """How its points come about, in words."""
        return sentence(
            "index766.formula",
            most=f"{self.indicator.most:g}",
            numerator=len(self.numerator),
            denominator=len(self.denominator),
            target=f"{self.indicator.target:g}",
        )


@dataclass(frozen=True, slots=True)
class Result:
    """All indicators of a period. `points` of `reachable`: the maximum of the indicators that could be computed."""

    set_id: str
    scores: tuple[Score, ...]

    @property
    def points(self) -> float:
        """The sum of what could be computed."""
        return round(sum(score.points for score in self.scores if score.points is not None), DECIMALS)

    @property
    def reachable(self) -> float:
        """The most that could have been reached with the data at hand; 100 when all are known."""
        return sum(score.indicator.most for score in self.scores if score.points is not None)

    def by_group(self) -> Mapping[Group, float | None]:
        """The points of each group; None where none of its indicators could be computed."""
        groups: dict[Group, float | None] = dict.fromkeys(Group)
        for score in self.scores:
            if score.points is not None:
                groups[score.indicator.group] = round((groups[score.indicator.group] or 0) + score.points, DECIMALS)
        return groups


def score_period(period: Period, indicators: IndicatorSet, excluded: frozenset[str] = frozenset()) -> Result:
    """Every indicator of a set on the rows of a period, without those excluded (some do not apply to communes)."""
    return Result(
        indicators.id,
        tuple(score_one(one, period) for one in indicators.indicators if one.id not in excluded),
    )


def score_one(indicator: Indicator, period: Period) -> Score:
    """One indicator on the rows of a period."""
    judged = [(row.id, indicator.counts(row)) for row in indicator.rows(period)]
    denominator = tuple(id_ for id_, value in judged if value is not None)
    numerator = tuple(id_ for id_, value in judged if value)
    if denominator:
        share = len(numerator) / len(denominator)
        points: float | None = round(indicator.most * min(1.0, share / indicator.target), DECIMALS)
    else:
        # rows that are there but not known give nothing; only a period without any row has points of its own
        points = None if judged else indicator.when_empty
    return Score(indicator, numerator, denominator, len(judged) - len(denominator), points)


def export_rows(unit: str, result: Result) -> list[dict[str, object]]:
    """One flat row an indicator, for a spreadsheet."""
    return [
        {
            "set": result.set_id,
            "unit": unit,
            "group": score.indicator.group.value,
            "indicator": score.indicator.id,
            "name_vi": score.name.say(),
            "numerator": len(score.numerator),
            "denominator": len(score.denominator),
            "unknown": score.unknown,
            "points": score.points,
            "most": score.indicator.most,
            "assumed": score.indicator.assumed,
        }
        for score in result.scores
    ]
