"""The rows that the index counts: dossiers, procedures, petitions. None is "not known", and is never counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.deadline.verdict import Verdict


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """One received dossier of the period; `id` is its code.

    `count`: how many dossiers have these very facts, so that millions are scored by their few kinds (`id` is empty
    then). `verdict` is None where no due date could be given.
    """

    id: str
    unit: str
    verdict: Verdict | None
    officer: str = ""
    supplements: int = 0
    online: bool | None = None
    synchronised: bool | None = None
    result_electronic: bool | None = None
    papers_digitised: bool | None = None
    copies_certified_electronically: bool | None = None
    papers_reused: bool | None = None
    result_in_personal_store: bool | None = None
    person_data_used: bool | None = None
    has_fee: bool | None = None
    paid_online: bool | None = None
    complained: bool | None = None
    count: int = 1

    @property
    def overdue(self) -> bool | None:
        """Late or overdue; a dossier whose papers were asked for more than once counts as overdue."""
        if self.supplements > 1:
            return True
        return None if self.verdict is None else self.verdict in {Verdict.LATE, Verdict.OVERDUE}


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """One procedure that the unit offers in the period; `id` is its code."""

    id: str
    unit: str
    published_in_time: bool | None = None
    updated_in_time: bool | None = None
    complete: bool | None = None
    online: bool | None = None
    person_data_used: bool | None = None
    has_fee: bool | None = None
    payable_online: bool | None = None
    paid_online: bool | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """One petition answered or due in the period."""

    id: str
    unit: str
    answered_in_time: bool | None = None
    satisfied: bool | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Period:
    """All rows of a period and of some units."""

    dossiers: tuple[DossierFacts, ...] = ()
    procedures: tuple[ProcedureFacts, ...] = ()
    petitions: tuple[PetitionFacts, ...] = ()

    def of_unit(self, unit: str) -> "Period":
        """The rows of one unit."""
        return Period(
            tuple(row for row in self.dossiers if row.unit == unit),
            tuple(row for row in self.procedures if row.unit == unit),
            tuple(row for row in self.petitions if row.unit == unit),
        )

    def of_officer(self, officer: str) -> "Period":
        """The dossiers of one officer; procedures and petitions belong to units, not to officers."""
        return Period(tuple(row for row in self.dossiers if row.officer == officer))

    def units(self) -> tuple[str, ...]:
        """Every unit that has a row."""
        return tuple(sorted({row.unit for row in self._rows()}))

    def _rows(self) -> Iterable[DossierFacts | ProcedureFacts | PetitionFacts]:
        return (*self.dossiers, *self.procedures, *self.petitions)
