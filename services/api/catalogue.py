"""The catalogue as its keepers see it: every version with its dates, a new one by hand, and its end."""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field, TypeAdapter

from services import clock
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.models import Problem422
from services.api.problems import Problem
from services.catalogue.differences import find_differences
from services.catalogue.plan import end_before
from services.catalogue.procedure import CopyKind, Fee, Level, Procedure, RequiredPaper, SupplementRule, TimeCase
from services.catalogue.rules import parse_rule
from services.catalogue.versions import holds_on
from services.deadline.phrase import parse_lead
from services.dossier.errors import Refused
from services.dossier.kinds import PaperKind
from services.language.fold import fold
from services.storage.database import Connection
from services.storage.procedures import count_dossiers, latest_procedures, store_procedures, versions_of
from services.wording import sentence

router = APIRouter(tags=["catalogue"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]
Text = Annotated[str, Field(max_length=20_000)]
Version = Annotated[int, Query(ge=1, le=100_000)]
Line = Annotated[str, Field(max_length=2000)]
_PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)


class TimeIn(BaseModel):
    """How long, in words (`3 ngày làm việc`, `8 giờ làm việc`, `trong ngày`), and in which case."""

    lead: Annotated[str, Field(max_length=100)]
    case: Line = ""


class PaperIn(BaseModel):
    """A paper that is asked for; `when` is a condition of the rule language."""

    name: Annotated[str, Field(min_length=1, max_length=2000)]
    kinds: list[PaperKind] = Field([], max_length=20)
    copy_kind: CopyKind | None = Field(None, description="in what form it is handed in")
    when: Annotated[str, Field(max_length=1000)] | None = None
    presented: bool = False
    template: Annotated[str, Field(max_length=200)] = ""
    note: Line = ""


class FeeIn(BaseModel):
    """Whole dong; null where the province sets it."""

    amount_vnd: int | None = Field(None, ge=0, le=10_000_000_000)
    note: Line = ""


class VersionIn(BaseModel):
    """A version of a procedure: from when on, why, and all it says."""

    effective_from: Day
    reason: Annotated[str, Field(min_length=1, max_length=1000)]
    name_vi: Annotated[str, Field(min_length=1, max_length=2000)]
    name_en: Line = ""
    field: Annotated[str, Field(min_length=1, max_length=300)]
    level: Level
    handler: Line = ""
    where: Line = ""
    audience: Line = ""
    result: Line = ""
    steps: Text = ""
    conditions: Text = ""
    legal_basis: Text = ""
    decision: Line = ""
    synonyms: list[Annotated[str, Field(max_length=300)]] = Field([], max_length=200)
    notes: list[Line] = Field([], max_length=100)
    times: list[TimeIn] = Field([], max_length=30, description="the ordinary one first")
    papers: list[PaperIn] = Field([], max_length=100)
    fees: list[FeeIn] = Field([], max_length=50)
    restarts: bool = Field(True, description="whether papers that were asked for start the clock anew")
    answer_days: int | None = Field(None, ge=1, le=3650)


class EndIn(BaseModel):
    """The last day it holds, and why."""

    on: Day
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


@dataclass(frozen=True, slots=True)
class Planned:
    """A new version beside the one it follows; `open_` dossiers keep the old one."""

    old: Procedure
    new: Procedure
    open_: int

    @property
    def parts(self) -> tuple[str, ...]:
        """In what they differ."""
        return find_differences(self.old, self.new)


@router.get("/v1/catalogue", responses=PROBLEMS, summary="Procedures with their versions")
def list_all(
    resources: OurResources,
    q: Annotated[str, Query(max_length=200, description="part of code or name, with or without diacritics")] = "",
    field: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """The newest version of each, in force, to come or ended."""
    wanted, today = fold(q.strip()).split(), clock.in_vietnam(clock.now()).date()
    with resources.writing.connection() as connection:
        every = latest_procedures(connection)
    found = [
        one for one in every
        if (not field or one.field == field) and all(word in fold(f"{one.code} {one.name_vi}") for word in wanted)
    ]  # fmt: skip
    return {
        "total": len(found), "fields": sorted({one.field for one in every}),
        "items": [_row(one, today) for one in found[offset : offset + limit]],
    }  # fmt: skip


@router.get("/v1/catalogue/{code}", responses=PROBLEMS, summary="Every version of a procedure")
def read(code: str, resources: OurResources) -> dict[str, Any]:
    """Newest first, each with its dates, how many dossiers it has and how many of them are open."""
    today = clock.in_vietnam(clock.now()).date()
    with resources.writing.connection() as connection:
        versions, counts = existing_versions(connection, code), count_dossiers(connection, code)
    return {"code": code, "versions": [
        {**_row(one, today), "dossiers": counts.get(one.version, (0, 0))[0],
         "open": counts.get(one.version, (0, 0))[1], "body": _PROCEDURE.dump_python(one, mode="json")}
        for one in versions
    ]}  # fmt: skip


@router.get("/v1/catalogue/{code}/differences", responses=PROBLEMS, summary="What one version says otherwise")
def compare(code: str, old: Version, new: Version, resources: OurResources) -> dict[str, Any]:
    """Part by part, as the version `old` has it and as `new` does; nothing where they say the same."""
    with resources.writing.connection() as connection:
        before, after = (existing_version(connection, code, version) for version in (old, new))
    return {"code": code, "old": old, "new": new, "differences": _differences(before, after)}


@router.post("/v1/catalogue/{code}/versions/preview", responses=PROBLEMS, summary="What a new version would change")
def preview(code: str, asked: VersionIn, resources: OurResources) -> dict[str, Any]:
    """Part by part, before and after; nothing is written."""
    planned = plan_version(code, asked, resources)
    return {
        "version": planned.new.version, "open": planned.open_, "differences": _differences(planned.old, planned.new)
    }  # fmt: skip


@router.post(
    "/v1/catalogue/{code}/versions", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Store a new version"
)
def add_version(code: str, asked: VersionIn, resources: OurResources) -> dict[str, Any]:
    """It holds from its day on, the one before until the day before; dossiers keep the version they came under."""
    planned = plan_version(code, asked, resources)
    with resources.writing.connection() as connection:
        store_procedures(connection, [end_before(planned.old, asked.effective_from), planned.new])
    note(
        resources, "procedure_renewed", code, version=planned.new.version, parts=planned.parts,
        effective_from=asked.effective_from.isoformat(), reason=asked.reason,
    )  # fmt: skip
    return {"code": code, "version": planned.new.version}


@router.post("/v1/catalogue/{code}/end", responses=PROBLEMS, summary="End a procedure")
def end(code: str, asked: EndIn, resources: OurResources) -> dict[str, Any]:
    """It is offered until that day; open dossiers are finished as they were received."""
    with resources.writing.connection() as connection:
        newest = existing_versions(connection, code)[0]
        if asked.on < newest.effective_from:
            raise Refused(sentence("catalogue.end_too_early", day=f"{newest.effective_from:%d/%m/%Y}"))
        store_procedures(connection, [replace(newest, effective_to=asked.on)])
    note(resources, "procedure_ended", code, version=newest.version, on=asked.on.isoformat(), reason=asked.reason)
    return {"code": code, "version": newest.version, "effective_to": asked.on.isoformat()}


def plan_version(code: str, asked: VersionIn, resources: Resources) -> Planned:
    """The new version beside the newest one.

    Raises:
        Problem: 404, there is no such procedure.
        Refused: it holds too early, says nothing new, or a time or condition cannot be read.
    """
    with resources.writing.connection() as connection:
        old = existing_versions(connection, code)[0]
        counts = count_dossiers(connection, code)
    if asked.effective_from <= old.effective_from:
        day = f"{old.effective_from:%d/%m/%Y}"
        raise Refused(sentence("catalogue.effect_too_early", version=old.version, day=day))
    new = read_onto(old, asked)
    if not find_differences(old, new):
        raise Refused(sentence("catalogue.nothing_changed", version=old.version))
    return Planned(old, new, sum(open_ for _, open_ in counts.values()))


def existing_versions(connection: Connection, code: str) -> list[Procedure]:
    """Every version, newest first.

    Raises:
        Problem: 404, there is no such procedure.
    """
    found = versions_of(connection, code)
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("catalogue.unknown_code", code=code))
    return found


def existing_version(connection: Connection, code: str, version: int) -> Procedure:
    """One version.

    Raises:
        Problem: 404, there is no such procedure or version.
    """
    found = next((one for one in existing_versions(connection, code) if one.version == version), None)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("catalogue.unknown_version", code=code, version=version))
    return found


def read_onto(old: Procedure, asked: VersionIn) -> Procedure:
    """The next version: what was asked for, and of the old one what nobody edits.

    Raises:
        Refused: a time or a condition cannot be read.
    """
    for paper in asked.papers:
        if paper.when:
            parse_rule(paper.when)
    plain = asked.model_dump(
        include={"name_vi", "name_en", "field", "level", "handler", "where", "audience", "result", "steps",
                 "conditions", "legal_basis", "decision", "effective_from"}
    )  # fmt: skip
    return replace(
        old, **plain, version=old.version + 1, effective_to=None, synonyms=tuple(asked.synonyms),
        notes=tuple(asked.notes), times=tuple(TimeCase(parse_lead(one.lead), one.case) for one in asked.times),
        fees=tuple(Fee(one.amount_vnd, one.note) for one in asked.fees),
        papers=tuple(
            RequiredPaper(
                one.name, tuple(one.kinds), one.copy_kind, one.when or None, one.presented, one.template, one.note
            )
            for one in asked.papers
        ),
        supplement=SupplementRule(asked.restarts, asked.answer_days),
    )  # fmt: skip


def _differences(old: Procedure, new: Procedure) -> list[dict[str, Any]]:
    before, after = (_PROCEDURE.dump_python(one, mode="json") for one in (old, new))
    return [{"part": part, "before": before[part], "after": after[part]} for part in find_differences(old, new)]


def _row(procedure: Procedure, today: date) -> dict[str, Any]:
    return {
        "code": procedure.code, "version": procedure.version, "name": procedure.name_vi, "field": procedure.field,
        "level": procedure.level, "effective_from": procedure.effective_from.isoformat(),
        "effective_to": procedure.effective_to.isoformat() if procedure.effective_to else None,
        "state": "in_force" if holds_on(procedure, today) else "to_come" if procedure.effective_from > today
        else "ended",
    }  # fmt: skip
