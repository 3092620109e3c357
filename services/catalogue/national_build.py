"""The rows of the fact pack, from a crawl of the portal, hand-collected lists and names set right by hand."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as day
from importlib.resources import files
from typing import Any

from services.catalogue.collected import import_collected
from services.catalogue.national import Channel, Doubt
from services.catalogue.portal import import_portal
from services.catalogue.portal_remarks import read_sums
from services.catalogue.portal_spans import read_spans
from services.catalogue.portal_times import parse_rows
from services.catalogue.procedure import Procedure, RequiredPaper
from services.deadline.lead import LeadTime

Row = Mapping[str, Any]

_OWN_CODE = re.compile(r"Mã thủ tục\s*([1-6]\.\d{6})")
_CHANNELS = {"Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POST, "Trực tiếp": Channel.COUNTER}
LONGEST_PAPER, LONGEST_TEXT, MOST_PAPERS = 220, 160, 30


def build_rows(crawl: Iterable[Row], collected: Iterable[Row], source: str, date: str) -> list[dict[str, Any]]:
    """All rows, one a code: names set right by hand win, then the portal, then the hand-collected list.

    A page that says another code than it was asked for is filed under its own code; the code asked for is left out,
    unless its name was set right by hand.
    """
    found: dict[str, dict[str, Any]] = {}
    pages = list({own_code(row): row for row in _own_last(crawl)}.values())
    by_code = {own_code(row): row for row in pages}
    for procedure in import_portal([{**row, "ma_thu_tuc": own_code(row)} for row in pages]).procedures:
        found[procedure.code] = _fact_row(procedure, by_code[procedure.code], source, date)
    for procedure in import_collected(collected).procedures:
        found.setdefault(procedure.code, _fact_row(procedure, {}, source, ""))
    for row in load_names():
        found[row["code"]] = {**row, "channels": [], "ask_office": sorted([Doubt.TIME, Doubt.FEE])}
    return list(found.values())


def own_code(row: Row) -> str:
    """The code a page gives itself, else the one it was asked for."""
    match = _OWN_CODE.search(str(row.get("raw_text", "")))
    return match[1] if match else str(row.get("ma_thu_tuc", ""))


def load_names() -> list[dict[str, Any]]:
    """The names set right by hand (`national_names.toml`)."""
    book = tomllib.loads((files("services.catalogue") / "national_names.toml").read_text("utf-8"))
    return list(book["procedure"])


def _own_last(crawl: Iterable[Row]) -> list[Row]:
    return sorted(crawl, key=lambda row: own_code(row) == row.get("ma_thu_tuc"))


def _fact_row(procedure: Procedure, page: Row, source: str, date: str) -> dict[str, Any]:
    ways = " ".join(str(page.get("cach_thuc_thuc_hien", "")).split())
    table = parse_rows(ways, " ".join(str(page.get("trinh_tu_thuc_hien", "")).split()))
    terms = [[_CHANNELS[line.channel], _lead(line.lead), line.fee.amount_vnd] for line in table]
    row: dict[str, Any] = {
        "code": procedure.code,
        "name": procedure.name_vi,
        "field": procedure.field,
        "level": procedure.level.value,
        "ministry": str(page.get("_bo", "")),
        "handler": _short(procedure.handler),
        "where": _short(procedure.where),
        "audience": procedure.audience,
        "result": _short(procedure.result),
        "result_codes": list(procedure.result_codes),
        "legal_basis": procedure.legal_basis,
        "decision": procedure.decision,
        "times": [_lead(time.lead) for time in procedure.times],
        "fees": [[fee.amount_vnd, _fee_case(fee.note)] for fee in procedure.fees],
        "papers": [_paper_row(paper) for paper in procedure.papers[:MOST_PAPERS] if paper.name.strip()],
        "channels": [list(term) for term in dict.fromkeys(map(_frozen, terms))],
        "ask_office": sorted(_doubts_of(procedure)),
        "stated": _stated(ways, procedure, date),
        "spans": _spans(page),
        "source": source,
        "date": date,
    }
    return {key: value for key, value in row.items() if value or key in {"channels", "ministry"}}


def _doubts_of(procedure: Procedure) -> Iterator[Doubt]:
    if not procedure.times:
        yield Doubt.TIME
    if not procedure.fees or any(fee.amount_vnd is None for fee in procedure.fees):
        yield Doubt.FEE


def _stated(ways: str, procedure: Procedure, on: str) -> list[list[Any]]:
    """Sums of the remarks, where the column is no fact."""
    if not on or Doubt.FEE not in _doubts_of(procedure):
        return []
    return [
        [one.amount, one.currency, one.per, one.about, one.until.isoformat() if one.until else ""]
        for one in read_sums(ways, day.fromisoformat(on))
    ]


def _spans(page: Row) -> list[list[Any]]:
    found = read_spans(str(page.get("cach_thuc_thuc_hien", "")), str(page.get("yeu_cau_dieu_kien", "")))
    return [[span.amount, span.unit.value, span.about] for span in found]


def _fee_case(note: str) -> str:
    # the channel is a fact, the portal's remark is its own prose
    return note if note in _CHANNELS else ""


def _frozen(term: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in term)


def _lead(lead: LeadTime | None) -> list[Any] | None:
    return None if lead is None else [lead.amount, lead.unit.value]


def _paper_row(paper: RequiredPaper) -> dict[str, Any]:
    row = {
        "name": _short(paper.name, LONGEST_PAPER),
        "kinds": [kind.value for kind in paper.kinds],
        "copy": paper.copy.value if paper.copy else None,
        "when": paper.when,
        "presented": paper.presented,
        "template": paper.template,
    }
    return {key: value for key, value in row.items() if value}


def _short(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text up to its first whole clause within the limit; a cut is marked."""
    clean = " ".join(text.split())
    if len(clean) <= longest:
        return clean
    head = clean[:longest]
    return head[: max(head.rfind(mark) for mark in ";.(:, ") or longest].rstrip(" ;.(:,") + " …"
