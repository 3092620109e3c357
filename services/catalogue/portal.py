"""Procedures from a crawl of the national portal (dichvucong.gov.vn): one parsed JSON object a procedure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.catalogue.imported import Imported, ImportNote
from services.catalogue.portal_papers import parse_papers
from services.catalogue.portal_times import PortalRow, agree_on_fees, agree_on_time, parse_rows
from services.catalogue.procedure import Fee, Level, Procedure
from services.wording import Language, Sentence, sentence

CODE = re.compile(r"[1-6]\.\d{6}")
SHARED_NAME = 3  # one name under so many codes: text of another procedure was pasted in

_LEVELS = (("Cấp xã", Level.COMMUNE), ("Cấp tỉnh", Level.PROVINCE), ("Cấp bộ", Level.MINISTRY))
_RESULT = re.compile(r"(.*?)Mã:\s*(KQ\.[A-Z]\d{2}\.\d{6}(?!\d))?", re.DOTALL)
# the number of a law is glued to the next title: a capital before a small letter belongs to that
_LAW = re.compile(r"\d{1,4}/\d{4}/[A-ZĐ]{2,}\d*(?:-[A-ZĐ0-9]+(?![^\W\dA-ZĐ_]))*")
_PROVINCIAL_FIELDS = re.compile(r"hộ tịch|đất đai|hoạt động xây dựng|hộ kinh doanh", re.IGNORECASE)
_EMPTY = "Không có thông tin"

Row = Mapping[str, object]


def import_portal(rows: Iterable[Row], source: str = "", source_date: date | None = None) -> Imported:
    """Every readable row as a procedure, with notes for values that were not taken as facts."""
    kept: list[Row] = []
    notes: list[ImportNote] = []
    for row in rows:
        if CODE.fullmatch(_text(row, "ma_thu_tuc")) and _text(row, "ten_thu_tuc"):
            kept.append(row)
        else:
            notes.append(ImportNote(_text(row, "ma_thu_tuc"), sentence("catalogue.note_no_code")))
    names = Counter(_text(row, "ten_thu_tuc") for row in kept)
    procedures: list[Procedure] = []
    for row in kept:
        procedure, doubts = _read_row(row, names[_text(row, "ten_thu_tuc")], source, source_date)
        procedures.append(procedure)
        notes += [ImportNote(procedure.code, doubt) for doubt in doubts]
    return Imported(tuple(procedures), tuple(notes))


def _read_row(row: Row, sharing: int, source: str, source_date: date | None) -> tuple[Procedure, list[Sentence]]:
    table = parse_rows(_text(row, "cach_thuc_thuc_hien"), _text(row, "trinh_tu_thuc_hien"))
    times, time_doubts = agree_on_time(table)
    fees, fee_doubts = _read_fees(table, _text(row, "linh_vuc"))
    result, codes, result_doubts = _read_result(_text(row, "ket_qua_xu_ly"))
    row_doubts = [doubt for line in table for doubt in line.doubts]
    doubts = list(_distinct([*row_doubts, *time_doubts, *fee_doubts, *result_doubts]))
    if sharing >= SHARED_NAME:
        times = ()
        doubts.append(sentence("catalogue.note_shared_text", count=sharing))
    procedure = Procedure(
        code=_text(row, "ma_thu_tuc"),
        version=1,
        name_vi=_text(row, "ten_thu_tuc"),
        field=_text(row, "linh_vuc"),
        level=next((level for words, level in _LEVELS if words in _text(row, "cap_thuc_hien")), Level.OTHER),
        times=times,
        papers=parse_papers(_text(row, "thanh_phan_ho_so")),
        fees=fees,
        handler=_text(row, "co_quan_thuc_hien") or _text(row, "co_quan_co_tham_quyen"),
        result=result,
        result_codes=codes,
        steps=_text(row, "trinh_tu_thuc_hien", keep_lines=True),
        conditions=_text(row, "yeu_cau_dieu_kien", keep_lines=True),
        legal_basis="; ".join(dict.fromkeys(_LAW.findall(_text(row, "can_cu_phap_ly")))),
        decision=_text(row, "so_quyet_dinh"),
        where=_text(row, "dia_chi_tiep_nhan"),
        audience=_text(row, "doi_tuong_thuc_hien"),
        source=source or _text(row, "detail_url"),
        source_date=source_date,
        notes=tuple(doubt.say(Language.VI) for doubt in doubts),
    )
    return procedure, doubts


def _read_fees(table: Sequence[PortalRow], field: str) -> tuple[tuple[Fee, ...], tuple[Sentence, ...]]:
    """The fees; none in the fields whose fees the People's Councils set (TT 85/2019/TT-BTC)."""
    fees, doubts = agree_on_fees(table)
    published = [fee.amount_vnd for fee in fees if fee.amount_vnd is not None]
    if published and _PROVINCIAL_FIELDS.search(field):
        amounts = ", ".join(str(amount) for amount in published)
        return (Fee(None),), (sentence("catalogue.note_fee_provincial", text=f"{amounts} đồng"),)
    return fees, doubts


def _read_result(text: str) -> tuple[str, tuple[str, ...], list[Sentence]]:
    head = text.split("Từ khóa", maxsplit=1)[0]
    found = _RESULT.findall(head)
    names = [name.strip(" .;-") for name, _ in found]
    codes = tuple(dict.fromkeys(code for _, code in found if code))
    junk = len(codes) < len({name for name in names if name})
    doubts = [sentence("catalogue.note_result_code")] if junk else []
    return "; ".join(name for name in names if name) or head.strip(), codes, doubts


def _text(row: Row, key: str, *, keep_lines: bool = False) -> str:
    value = row.get(key)
    if not isinstance(value, str) or value.strip() == _EMPTY:
        return ""
    return value.strip() if keep_lines else " ".join(value.split())


def _distinct(doubts: Iterable[Sentence]) -> list[Sentence]:
    return list({doubt.say(Language.VI): doubt for doubt in doubts}.values())
