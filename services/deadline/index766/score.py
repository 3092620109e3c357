"""Points of a period, each with its numerator and denominator, and the rows behind both."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.deadline.index766.facts import Period
from services.deadline.index766.indicators import Group, Indicator, IndicatorSet, Row
from services.wording import Sentence, sentence

DECIMALS = 2


class Side(StrEnum):
    """Which rows of an indicator: counted; counted or not; left out because the fact is not known or not asked."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator: how many rows count, of how many, and how many are left out because the fact is not known or does
    not apply. `points` is None where nothing can be said."""

    indicator: Indicator
    numerator: int
    denominator: int
    unknown: int
    points: float | None

    @property
    def share(self) -> float | None:
        """Numerator ÷ denominator, 0–1; None without denominator."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def name(self) -> Sentence:
        """What it is called."""
        return sentence(f"index766.{self.indicator.id}")

    @property
    def formula(self) -> Sentence:
        """How its points come about, in words; nothing is divided by nought."""
        fixed = {"most": float(self.indicator.most), "target": float(self.indicator.target)}
        if not self.denominator:
            return sentence("index766.formula_open", **fixed)
        return sentence(
            "index766.formula", numerator=float(self.numerator), denominator=float(self.denominator), **fixed
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


def score_period(
    period: Period,
    indicators: IndicatorSet,
    excluded: frozenset[str] = frozenset(),
    not_held: frozenset[str] = frozenset(),
) -> Result:
    """Every indicator of a set on the rows of a period.

    `excluded` are left away (some do not apply to communes); `not_held` are those whose rows this system does not keep
    at all: an empty list of them says nothing, so they have no points.
    """
    return Result(
        indicators.id,
        tuple(
            Score(one, 0, 0, 0, None) if one.id in not_held else score_one(one, period)
            for one in indicators.indicators
            if one.id not in excluded
        ),
    )


def score_one(indicator: Indicator, period: Period) -> Score:
    """One indicator on the rows of a period."""
    rows = indicator.rows(period)
    total = sum(row.count for row in rows)
    numerator = sum(row.count for row in rows_behind(indicator, period, Side.NUMERATOR))
    denominator = sum(row.count for row in rows_behind(indicator, period, Side.DENOMINATOR))
    if denominator:
        share = numerator / denominator
        points: float | None = round(indicator.most * min(1.0, share / indicator.target), DECIMALS)
    else:
        # rows that are there but not known give nothing; only a period without any row has points of its own
        points = None if rows else indicator.when_empty
    return Score(indicator, numerator, denominator, total - denominator, points)


def rows_behind(indicator: Indicator, period: Period, side: Side) -> tuple[Row, ...]:
    """The rows that make a figure; the numerator's are among the denominator's."""
    return tuple(row for row in indicator.rows(period) if _belongs(indicator.counts(row), side))


def _belongs(value: bool | None, side: Side) -> bool:
    if side is Side.UNKNOWN:
        return value is None
    return value is True if side is Side.NUMERATOR else value is not None


def export_rows(unit: str, result: Result) -> list[dict[str, object]]:
    """One flat row an indicator, for a spreadsheet."""
    return [
        {
            "set": result.set_id,
            "unit": unit,
            "group": score.indicator.group.value,
            "indicator": score.indicator.id,
            "name_vi": score.name.say(),
            "formula": score.formula.say(),
            "numerator": score.numerator,
            "denominator": score.denominator,
            "unknown": score.unknown,
            "points": score.points,
            "most": score.indicator.most,
            "assumed": score.indicator.assumed,
        }
        for score in result.scores
    ]
