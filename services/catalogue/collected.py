"""Procedures from a hand-collected list: one parsed JSON object a procedure, with times and fees already established.

Keys read: code, name_vi, name_en, field, level, handler_vi, processing_days, day_kind, same_day_cutoff_15h, time_cases,
documents, fee_vnd, fee_note, legal_basis, publication_decision, result_codes, result_vi, note, confidence, source.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from services.catalogue.imported import Imported, ImportNote
from services.catalogue.paper_words import find_condition, find_kinds, is_presented
from services.catalogue.portal import CODE
from services.catalogue.procedure import Fee, Level, Procedure, RequiredPaper, TimeCase
from services.deadline.lead import LeadTime, LeadUnit
from services.wording import Language, Sentence, sentence

_UNITS = {"working": LeadUnit.WORKING_DAYS, "calendar": LeadUnit.CALENDAR_DAYS}
_RESULT_CODE = re.compile(r"KQ\.[A-Z]\d{2}\.\d{6}")
_UNSURE = {"low", "medium"}

Row = Mapping[str, Any]


def import_collected(rows: Iterable[Row]) -> Imported:
    """Every readable row as a procedure; what its collector was not sure of is noted."""
    procedures: list[Procedure] = []
    notes: list[ImportNote] = []
    for row in rows:
        code = str(row.get("code", ""))
        if not CODE.fullmatch(code) or not row.get("name_vi"):
            notes.append(ImportNote(code, sentence("catalogue.note_no_code")))
            continue
        doubts = list(_doubts_of(row))
        notes += [ImportNote(code, doubt) for doubt in doubts]
        procedures.append(_read_row(row, doubts))
    return Imported(tuple(procedures), tuple(notes))


def _read_row(row: Row, doubts: list[Sentence]) -> Procedure:
    note = [row["note"]] if row.get("note") else []
    return Procedure(
        code=row["code"],
        version=1,
        name_vi=row["name_vi"],
        name_en=row.get("name_en", ""),
        field=row.get("field", ""),
        level=_read_level(str(row.get("level", ""))),
        times=_read_times(row),
        papers=tuple(_read_paper(name) for name in row.get("documents", ())),
        fees=(Fee(row.get("fee_vnd"), row.get("fee_note") or ""),),
        handler=row.get("handler_vi", ""),
        result=row.get("result_vi") or "",
        result_codes=tuple(code for code in row.get("result_codes", ()) if _RESULT_CODE.fullmatch(code)),
        legal_basis=row.get("legal_basis") or "",
        decision=row.get("publication_decision") or "",
        source=row.get("source") or "",
        notes=(*(doubt.say(Language.VI) for doubt in doubts), *note),
    )


def _read_level(text: str) -> Level:
    return next((level for level in (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY) if level in text), Level.OTHER)


def _read_times(row: Row) -> tuple[TimeCase, ...]:
    same_day = bool(row.get("same_day_cutoff_15h"))
    cases = [_read_case(case["days"], case["kind"], same_day, case["case"]) for case in row.get("time_cases", ())]
    ordinary = _read_case(row.get("processing_days"), row.get("day_kind", ""), same_day, "")
    known = [case for case in cases if case is not None]
    if ordinary is None:
        return tuple(known)
    return tuple(sorted(known, key=lambda case: case.lead != ordinary.lead)) or (ordinary,)


def _read_case(days: object, kind: str, same_day: bool, case: str) -> TimeCase | None:
    unit = _UNITS.get(kind)
    if not isinstance(days, int) or unit is None:
        return None
    if days == 0:
        # a supplement entered at once counts as same day even in a procedure whose other cases take days
        return TimeCase(LeadTime(0, LeadUnit.SAME_DAY), case) if same_day or case else None
    return TimeCase(LeadTime(days, unit), case)


def _read_paper(name: str) -> RequiredPaper:
    return RequiredPaper(name, find_kinds(name), when=find_condition(name), presented=is_presented(name))


def _doubts_of(row: Row) -> Iterable[Sentence]:
    if row.get("confidence") in _UNSURE:
        yield sentence("catalogue.note_unsure", confidence=str(row["confidence"]))
    if not _read_times(row):
        yield sentence("catalogue.note_no_time")
    if any(not _RESULT_CODE.fullmatch(code) for code in row.get("result_codes", ())):
        yield sentence("catalogue.note_result_code")
