"""The fact pack: what the national portal publishes of every procedure, as facts, in one small file beside this one.

`motcua catalogue pack` makes `national.json.gz` anew from a crawl. It holds names, numbers, papers and laws; the
portal's sentences stay there. A value that contradicts itself is left out and named in `ask_office`. What ships curated
overrides.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from services.catalogue.portal_remarks import StatedSum
from services.catalogue.portal_spans import SpanUnit, StatedSpan
from services.catalogue.procedure import CopyKind, Fee, Level, Procedure, RequiredPaper, TimeCase
from services.catalogue.shipped import load_shipped
from services.deadline.lead import LeadTime, LeadUnit
from services.dossier.kinds import PaperKind

Row = Mapping[str, Any]


class Channel(StrEnum):
    """How a dossier is handed in."""

    ONLINE = "online"
    POST = "post"
    COUNTER = "counter"


class Doubt(StrEnum):
    """What is not known for sure, so that the office must be asked."""

    NAME = "name"
    TIME = "time"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """Time and fee of one channel (one case may be written as a channel); None: not published or not to be trusted."""

    channel: Channel
    lead: LeadTime | None
    fee_vnd: int | None


@dataclass(frozen=True, slots=True)
class NationalProcedure:
    """One procedure with what the portal says per channel.

    `ministry`: whose field it is (`bo-cong-an`), empty for what ships curated; `ask_office`: what may not be told as a
    fact; `curated`: it comes from `ships/`, checked by hand, and its own `times` and `fees` hold; `stated`: sums
    that the portal's remarks name where its column is no fact; `spans`: times that they name for single cases.
    """

    procedure: Procedure
    channels: tuple[ChannelTerms, ...] = ()
    ministry: str = ""
    ask_office: frozenset[Doubt] = frozenset()
    curated: bool = False
    stated: tuple[StatedSum, ...] = ()
    spans: tuple[StatedSpan, ...] = ()


class National:
    """Every procedure by its code; a row becomes an object when it is asked for."""

    def __init__(self, rows: Sequence[Row], curated: Sequence[Procedure]) -> None:
        self._rows = {str(row["code"]): row for row in rows}
        self._curated = {procedure.code: procedure for procedure in curated}
        self.codes: tuple[str, ...] = tuple(sorted({*self._rows, *self._curated}))

    def __contains__(self, code: str) -> bool:
        return code in self._curated or code in self._rows

    def find(self, code: str) -> NationalProcedure | None:
        """One procedure, curated where it is; None when the code is unknown."""
        row = self._rows.get(code)
        curated = self._curated.get(code)
        if curated is not None:
            return NationalProcedure(curated, ministry=row.get("ministry", "") if row else "", curated=True)
        return None if row is None else read_row(row)


class Current(National):
    """A catalogue under what came or changed after it was made; codes that are `gone` are not offered any more."""

    def __init__(self, below: National, changed: Sequence[Procedure], gone: frozenset[str] = frozenset()) -> None:
        self._below, self._changed, self._gone = below, {one.code: one for one in changed}, gone
        self.codes = tuple(sorted({*below.codes, *self._changed} - gone))

    def __contains__(self, code: str) -> bool:
        return code not in self._gone and (code in self._changed or code in self._below)

    def find(self, code: str) -> NationalProcedure | None:
        """One procedure, as it is now; None when the code is unknown or gone."""
        if code in self._gone:
            return None
        below = self._below.find(code)
        changed = self._changed.get(code)
        if changed is None:
            return below
        return NationalProcedure(changed, ministry=below.ministry if below else "", curated=True)


@cache
def load_national() -> National:
    """The pack that ships with the product, under what ships curated."""
    packed = (files("services.catalogue") / "national.json.gz").read_bytes()
    return National(json.loads(gzip.decompress(packed)), load_shipped())


def pack_rows(rows: Sequence[Row]) -> bytes:
    """Rows as a file; the same rows always give the same bytes."""
    text = json.dumps(sorted(rows, key=lambda row: str(row["code"])), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def read_row(row: Row) -> NationalProcedure:
    """A row of the pack as an object."""
    procedure = Procedure(
        code=row["code"],
        version=1,
        name_vi=row["name"],
        field=row["field"],
        level=Level(row["level"]),
        times=tuple(TimeCase(_read_lead(lead)) for lead in row.get("times", ())),
        papers=tuple(_read_paper(paper) for paper in row.get("papers", ())),
        fees=tuple(Fee(fee[0], fee[1]) for fee in row.get("fees", ())),
        source_date=date.fromisoformat(row["date"]) if row.get("date") else None,
        result_codes=tuple(row.get("result_codes", ())),
        **{name: row.get(name, "") for name in _TEXTS},
    )
    channels = tuple(
        ChannelTerms(Channel(channel), _read_lead(lead) if lead else None, fee)
        for channel, lead, fee in row["channels"]
    )
    doubts = frozenset(map(Doubt, row.get("ask_office", ())))
    stated = tuple(map(_read_stated, row.get("stated", ())))
    spans = tuple(StatedSpan(amount, SpanUnit(unit), about) for amount, unit, about in row.get("spans", ()))
    return NationalProcedure(procedure, channels, row["ministry"], doubts, stated=stated, spans=spans)


def _read_stated(value: Sequence[Any]) -> StatedSum:
    amount, currency, per, about, until = value
    return StatedSum(int(amount), currency, per, about, date.fromisoformat(until) if until else None)


_TEXTS = ("handler", "where", "audience", "result", "legal_basis", "decision", "source")


def _read_lead(value: Sequence[Any]) -> LeadTime:
    return LeadTime(int(value[0]), LeadUnit(value[1]))


def _read_paper(row: Row) -> RequiredPaper:
    return RequiredPaper(
        name=row["name"],
        kinds=tuple(map(PaperKind, row.get("kinds", ()))),
        copy=CopyKind(row["copy"]) if "copy" in row else None,
        when=row.get("when"),
        presented=row.get("presented", False),
        template=row.get("template", ""),
    )
