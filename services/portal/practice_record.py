"""The record of practice: each task of one official, on a page to print and as PDF; his own, or one of a leader's."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from services.api.database import Resources, resources_of
from services.api.practice import read_record, record_of
from services.api.problems import Problem
from services.api.spreadsheet import Export, Paper, Table, file_answer
from services.portal.heading import unit_name
from services.portal.render import moment, page_language, render
from services.portal.unit_names import names_of
from services.storage.accounts import find_account
from services.wording import Language, sentence

router = APIRouter()
OurResources = Annotated[Resources, Depends(resources_of)]
OWN, OFFICIALS = "/tap-su/ket-qua.pdf", "/lanh-dao/tap-su/{account}/tai-ve.pdf"
COLUMNS = ("task", "result", "passed_at", "passed_with", "tries", "last_at")


@router.get("/tap-su/ket-qua")
def own_record(request: Request, resources: OurResources) -> HTMLResponse:
    """The record of whoever is signed in; anybody else is told how to have one."""
    record = _own(resources)
    return render(
        request, "practice_record.html", record=record, file=OWN, back="/tap-su", units=_units(request, record)
    )


@router.get(OWN)
def own_paper(request: Request, resources: OurResources) -> Response:
    """The same as PDF."""
    record = _own(resources)
    if record is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("portal.record_sign_in"))
    return _paper(request, record)


@router.get("/lanh-dao/tap-su/{account}")
def officials_record(request: Request, resources: OurResources, account: str) -> HTMLResponse:
    """The record of an official of the units that a leader answers for."""
    record, file = read_record(resources, account), OFFICIALS.format(account=account)
    return render(
        request, "practice_record.html", record=record, file=file, back="/lanh-dao/tap-su",
        units=_units(request, record),
    )  # fmt: skip


@router.get(OFFICIALS)
def officials_paper(request: Request, resources: OurResources, account: str) -> Response:
    """The same as PDF."""
    return _paper(request, read_record(resources, account))


def _own(resources: Resources) -> dict[str, Any] | None:
    if resources.principal.way != "session":
        return None
    with resources.trusted.connection() as connection:
        found = find_account(connection, resources.principal.name)
    return None if found is None else record_of(resources, found)


def _units(request: Request, record: Mapping[str, Any] | None) -> str:
    """The units of an official by name; nobody's are none."""
    if record is None:
        return ""
    names = names_of(request).names
    whole = sentence("portal.whole_province").say(page_language(request))
    return ", ".join(names.get(unit) or unit_name(unit) for unit in record["units"]) or whole


def _paper(request: Request, record: Mapping[str, Any]) -> Response:
    language = page_language(request)
    title = sentence("portal.record_heading").say(language)
    table = table_of(record, _units(request, record), language)
    return file_answer(table, Export.PDF, f"tap-su-{record['account']}", Paper(title, language, total=False))


def table_of(record: Mapping[str, Any], units: str, language: Language) -> Table:
    """The record (`GET /v1/practice/{account}`) as a table: a row a task, then who, how many, and when it was true."""

    rows: list[list[str | int | float | None]] = [
        [sentence(f"portal.record_head_{name}").say(language) for name in COLUMNS]
    ]
    rows += [
        [f"{number}. {line['title'][language]}", sentence(f"portal.record_{_result_of(line)}").say(language),
         _at(line["passed_at"], language), line["passed_with"], line["tries"], _at(line["last_at"], language)]
        for number, line in enumerate(record["tasks"], start=1)
    ]  # fmt: skip
    who = record["display"] or record["account"]
    notes = (
        sentence("portal.record_who", official=who, account=record["account"], units=units),
        sentence("portal.record_sum", passed=record["passed"], tasks=len(record["tasks"])),
        sentence("portal.record_at", at=moment(record["at"], language)),
        sentence("portal.record_made_up"),
    )
    return [*rows, *([note.say(language)] for note in notes)]


def _result_of(line: Mapping[str, Any]) -> str:
    """The word for how a task stands: passed, tried without success, or never tried."""
    if line["passed_at"]:
        return "passed"
    return "failed" if line["tries"] else "untried"


def _at(value: str | None, language: Language) -> str | None:
    return moment(value, language) if value else None
