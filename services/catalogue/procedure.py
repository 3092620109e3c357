"""A procedure as published: one version of it, with what it asks for and how long it may take."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.deadline.lead import LeadTime
from services.dossier.kinds import PaperKind


class Level(StrEnum):
    """Who decides: since 1/7/2025 only province and commune, besides the ministries."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class CopyKind(StrEnum):
    """In what form a paper is handed in (`LoaiBan`)."""

    ORIGINAL = "original"
    COPY = "copy"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """One line of the list of papers.

    `kinds`: any of these satisfies it (empty: no kind the machine knows); `when`: a condition of the rule language
    (`services.catalogue.rules`), None for always; `presented`: shown at the counter, not handed in, so never missing;
    `template`: the number of its form (`Mẫu 18`, `CT01`); `note`: what a citizen should know about it.
    """

    name: str
    kinds: tuple[PaperKind, ...] = ()
    copy: CopyKind | None = None
    when: str | None = None
    presented: bool = False
    template: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimeCase:
    """How long in which case; the first case of a procedure is the ordinary one."""

    lead: LeadTime
    case: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in whole dong; `amount_vnd` is None where the province sets it or the published value is suspicious."""

    amount_vnd: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRule:
    """What a request for more papers does to the clock.

    `restarts`: counted from zero once complete (the default of Decree 61/2018 art. 19.4), else paused and resumed;
    `answer_days`: calendar days the citizen has before the dossier is closed, None where no rule closes it.
    """

    restarts: bool = True
    answer_days: int | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure; a dossier keeps the version it was received under.

    `times` is empty where no time could be established: nobody may be given a date then without a person's decision.
    `where` is where to hand it in, `audience` who may ask, `notes` what a person should check before relying on it.
    """

    code: str
    version: int
    name_vi: str
    field: str
    level: Level
    times: tuple[TimeCase, ...]
    papers: tuple[RequiredPaper, ...]
    fees: tuple[Fee, ...] = ()
    name_en: str = ""
    handler: str = ""
    result: str = ""
    result_codes: tuple[str, ...] = ()
    steps: str = ""
    conditions: str = ""
    legal_basis: str = ""
    decision: str = ""
    synonyms: tuple[str, ...] = ()
    effective_from: date = date(2025, 7, 1)
    effective_to: date | None = None
    source: str = ""
    source_date: date | None = None
    where: str = ""
    audience: str = ""
    notes: tuple[str, ...] = ()
    supplement: SupplementRule = SupplementRule()

    def time_of(self, case: str | None) -> TimeCase | None:
        """The lead time of that name; the ordinary one for None and for a name it has not. None: no time is known."""
        named = (one for one in self.times if case is not None and one.case == case)
        return next(named, self.times[0] if self.times else None)
