"""The rows of index 766 (Decision 766/QĐ-TTg): dossiers of a period by their facts, procedures of a catalogue.

Millions of dossiers have few different sets of facts. PostgreSQL counts each set, the formulas of
`services.deadline.index766` judge the sets, and the dossiers behind a figure are those with the sets that were counted:
what counts is said once, in the formulas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.catalogue.procedure import Level, Procedure
from services.clock import moments_of
from services.deadline.index766.facts import DossierFacts, Period, ProcedureFacts
from services.deadline.verdict import Verdict
from services.dossier.status import Channel
from services.storage.feedback import DISLIKED, Kind

NOT_HELD = frozenset({"petitions_in_time", "petitions_satisfied"})
"""Indicators whose rows this system does not keep: petitions are answered in a system of their own."""

# a finished dossier is judged by the day, as `on_time_state` judges it; one that ended later was in progress then, and
# one that was asked for more papers is judged by the moment of asking
_VERDICT = """CASE
    WHEN d.late_after IS NULL THEN ''
    WHEN d.result_at < %(at)s THEN CASE WHEN on_time_state(d) IN ('early', 'on_time') THEN on_time_state(d)
                                        ELSE 'late' END
    WHEN d.paused_at <= least(%(at)s, d.late_after) THEN 'paused'
    WHEN d.late_after >= %(at)s THEN 'in_time' ELSE 'overdue' END"""

# a complaint about the dossier, or one or two stars of five, said before the period's end
_COMPLAINED = f"""SELECT f.dossier_id FROM feedback f
    WHERE f.at < %(at)s AND (f.kind = '{Kind.COMPLAINT}' OR f.stars <= {DISLIKED})"""

_FACTS = f"""SELECT d.id, d.code, d.unit, d.officer, d.procedure, d.submitted_at, concat_ws('|', {_VERDICT},
    least(d.supplements, 2), d.channel = {int(Channel.ONLINE)},
    CASE d.synchronisation WHEN 'synchronised' THEN 'true' WHEN 'failed' THEN 'false' ELSE '' END,
    EXISTS (SELECT 1 FROM document x WHERE x.dossier_id = d.id), d.id IN ({_COMPLAINED})) AS facts
FROM dossier d
WHERE d.received_at < %(until)s AND (d.result_at IS NULL OR d.result_at >= %(since)s)"""

_TRUTH = {"t": True, "true": True, "f": False, "false": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whose dossiers of which days (both included): those received by the last day and not finished before the first.

    `now` is the moment that a period which still runs is judged at.
    """

    first_day: date
    last_day: date
    now: datetime
    units: tuple[str, ...] | None = None
    officer: str | None = None

    def facts_query(self) -> tuple[str, dict[str, Any]]:
        """The query of one row a dossier with its facts, and its parameters."""
        since, until = moments_of(self.first_day, self.last_day)
        wanted = {"units": None if self.units is None else list(self.units), "officer": self.officer}
        where = (" AND d.unit = ANY(%(units)s)" if self.units is not None else "") + (
            " AND d.officer = %(officer)s" if self.officer is not None else ""
        )
        at = self.now if until is None else min(until, self.now)
        return _FACTS + where, {"since": since, "until": until or self.now, "at": at, **wanted}


def kinds_query(chosen: Chosen) -> tuple[bytes, dict[str, Any]]:
    """The query of (unit, officer, facts, how many) and its parameters."""
    query, parameters = chosen.facts_query()
    return f"SELECT unit, officer, facts, count(*) FROM ({query}) f GROUP BY 1, 2, 3".encode(), parameters


def rows_query(
    chosen: Chosen, facts: Sequence[str], after: tuple[datetime, int] | None, limit: int
) -> tuple[bytes, dict[str, Any]]:
    """The query of (id, code, unit, officer, procedure, submitted, facts) of dossiers with these facts."""
    query, parameters = chosen.facts_query()
    follows = "" if after is None else "AND (submitted_at, id) < (%(after_at)s, %(after_id)s)"
    at, id_ = after or (None, None)
    return (
        f"""SELECT id, code, unit, officer, procedure, submitted_at, facts FROM ({query}) f
            WHERE facts = ANY(%(facts)s) {follows} ORDER BY submitted_at DESC, id DESC LIMIT %(limit)s""".encode(),
        parameters | {"facts": list(facts), "after_at": at, "after_id": id_, "limit": limit},
    )


def read_kinds(rows: Iterable[tuple[str, str, str, int]]) -> tuple[DossierFacts, ...]:
    """What `kinds_query` found, as rows of the index; `id` holds the facts as text, for `rows_query`."""
    return tuple(read_facts(facts, unit, officer, count) for unit, officer, facts, count in rows)


def read_facts(facts: str, unit: str, officer: str, count: int = 1) -> DossierFacts:
    """One set of facts as a row of the index."""
    verdict, supplements, online, synchronised, digitised, complained = facts.split("|")
    return DossierFacts(
        id=facts,
        unit=unit,
        verdict=Verdict(verdict) if verdict else None,
        officer=officer,
        supplements=int(supplements),
        online=_TRUTH.get(online),
        synchronised=_TRUTH.get(synchronised),
        papers_digitised=_TRUTH.get(digitised),
        complained=_TRUTH.get(complained),
        count=count,
    )


def procedure_facts(procedures: Iterable[Procedure], unit: str, kind: str | None) -> tuple[ProcedureFacts, ...]:
    """What the catalogue knows of the procedures that a kind of unit offers (None: those of province and communes)."""
    levels = {Level.COMMUNE} if kind == "commune" else {Level.PROVINCE}
    wanted = {Level.COMMUNE, Level.PROVINCE} if kind is None else levels
    return tuple(
        ProcedureFacts(procedure.code, unit, complete=_is_complete(procedure), has_fee=_has_fee(procedure))
        for procedure in procedures
        if procedure.level in wanted
    )


def _is_complete(procedure: Procedure) -> bool:
    """Whether every part that must be published is there: papers, time, body, result, law (Decree 63/2010)."""
    parts = (procedure.papers, procedure.times, procedure.handler, procedure.result, procedure.legal_basis)
    return all(parts)


def _has_fee(procedure: Procedure) -> bool | None:
    amounts = [fee.amount_vnd for fee in procedure.fees]
    if any(amounts):
        return True
    return None if None in amounts else False


def period_of(dossiers: Sequence[DossierFacts], procedures: Sequence[ProcedureFacts]) -> Period:
    """Everything the index counts; petitions are not held here (`NOT_HELD`)."""
    return Period(tuple(dossiers), tuple(procedures))
