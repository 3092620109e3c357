"""The indicators as tables of formulas, one table a version of the index.

`assumed` marks what public sources do not confirm: the split of the 12 points for online services and the payment
formula, which was inferred from published results. Another decision becomes another set beside this one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.deadline.index766.facts import DossierFacts, Period, PetitionFacts, ProcedureFacts

Row = DossierFacts | ProcedureFacts | PetitionFacts


class Group(StrEnum):
    """The six groups of the index."""

    TRANSPARENCY = "transparency"
    PROGRESS = "progress"
    ONLINE = "online"
    DIGITISATION = "digitisation"
    PAYMENT = "payment"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`most` points × min(1, share ÷ `target`); share = rows where `counts` is true ÷ rows where it is known.

    `counts` gives None for rows that are outside the denominator or not known; `when_empty` are the points of a period
    without any row (None: not applicable).
    """

    id: str
    group: Group
    most: float
    rows: Callable[[Period], tuple[Row, ...]]
    counts: Callable[[Row], bool | None]
    target: float = 1.0
    when_empty: float | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """One version of the index and the days it holds; both inclusive. `id` stands in addresses."""

    id: str
    decision: str
    effective_from: date
    effective_to: date | None
    indicators: tuple[Indicator, ...]


def _dossiers(period: Period) -> tuple[Row, ...]:
    return period.dossiers


def _procedures(period: Period) -> tuple[Row, ...]:
    return period.procedures


def _petitions(period: Period) -> tuple[Row, ...]:
    return period.petitions


def _value(name: str) -> Callable[[Row], bool | None]:
    def read(row: Row) -> bool | None:
        found: bool | None = getattr(row, name)
        return found

    return read


def _among_paying(name: str) -> Callable[[Row], bool | None]:
    """Only rows with a fee belong to the denominator."""
    read = _value(name)

    def of_paying(row: Row) -> bool | None:
        return read(row) if _value("has_fee")(row) else None

    return of_paying


def _in_time(row: Row) -> bool | None:
    overdue = row.overdue if isinstance(row, DossierFacts) else None
    return None if overdue is None else not overdue


def _satisfied(row: Row) -> bool | None:
    """100 % less overdue and less complained of; a dossier that is both is taken off twice by the published formula,
    which a count of rows cannot do: it is taken off once here."""
    in_time = _in_time(row)
    return None if in_time is None else in_time and not (isinstance(row, DossierFacts) and row.complained)


_T, _O, _D, _P, _S = Group.TRANSPARENCY, Group.ONLINE, Group.DIGITISATION, Group.PAYMENT, Group.SATISFACTION

SET_2022 = IndicatorSet(
    id="766-2022",
    decision="766/QĐ-TTg",
    effective_from=date(2022, 6, 23),
    effective_to=None,
    indicators=(
        Indicator("published_in_time", _T, 6, _procedures, _value("published_in_time")),
        Indicator("updated_in_time", _T, 4, _procedures, _value("updated_in_time")),
        Indicator("complete", _T, 2, _procedures, _value("complete")),
        Indicator("synchronised", _T, 6, _dossiers, _value("synchronised")),
        Indicator("in_time", Group.PROGRESS, 20, _dossiers, _in_time),
        Indicator("procedures_online", _O, 6, _procedures, _value("online"), target=0.8, assumed=True),
        Indicator("dossiers_online", _O, 6, _dossiers, _value("online"), target=0.5, assumed=True),
        Indicator("result_electronic", _D, 6, _dossiers, _value("result_electronic")),
        Indicator("papers_digitised", _D, 4, _dossiers, _value("papers_digitised"), target=0.8),
        Indicator("copies_certified", _D, 2, _dossiers, _value("copies_certified_electronically")),
        Indicator("papers_reused", _D, 2, _dossiers, _value("papers_reused"), target=0.8),
        Indicator("personal_store", _D, 4, _dossiers, _value("result_in_personal_store")),
        Indicator("dossiers_person_data", _D, 2, _dossiers, _value("person_data_used")),
        Indicator("procedures_person_data", _D, 2, _procedures, _value("person_data_used")),
        Indicator("procedures_payable", _P, 6, _procedures, _among_paying("payable_online"), assumed=True),
        Indicator("procedures_paid", _P, 2, _procedures, _among_paying("paid_online"), target=0.8, assumed=True),
        Indicator("dossiers_paid", _P, 2, _dossiers, _among_paying("paid_online"), target=0.8, assumed=True),
        Indicator("petitions_in_time", _S, 6, _petitions, _value("answered_in_time"), when_empty=6),
        Indicator("petitions_satisfied", _S, 6, _petitions, _value("satisfied"), target=0.9, when_empty=6),
        Indicator("dossiers_satisfied", _S, 6, _dossiers, _satisfied, target=0.9),
    ),
)

SETS: tuple[IndicatorSet, ...] = (SET_2022,)


def find_set(id_: str) -> IndicatorSet:
    """The version of that name.

    Raises:
        LookupError: there is none.
    """
    for one in SETS:
        if one.id == id_:
            return one
    raise LookupError(id_)


def set_in_force(day: date) -> IndicatorSet:
    """The version of the index for periods that end on a day.

    Raises:
        LookupError: none was in force.
    """
    for one in reversed(SETS):
        if one.effective_from <= day and (one.effective_to is None or day <= one.effective_to):
            return one
    raise LookupError(day)
