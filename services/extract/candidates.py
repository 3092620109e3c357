"""Candidates for a field, and which one is believed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.dossier.compare import fold
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.extract import normal, numbers
from services.extract.repair import mend
from services.extract.torn import JOINED, TORN, is_torn, join_torn
from services.extract.values import Found

LONG = frozenset(
    {
        "address", "land_address", "business_address", "addressee", "place_of_birth", "place_of_death",
        "cause_of_death",
        "hometown", "purpose", "reason", "scope", "change_content", "change_from", "change_to", "subject",
        "land_origin",
        "land_use_purpose", "use_term", "use_form", "identifying_features", "project_name", "drawing_title",
        "design_org",
        "registration_place", "marital_status", "temporary_address", "business_line", "payer_address", "change_type",
        "citizen_id_issue_place", "issuing_authority", "death_notice_authority", "term", "school", "relationship",
        "registration_number", "disability_type", "business_name", "nationality",
    }
)  # fmt: skip
_SUFFIXES = ("address", "issue_place", "nationality")

# running text goes on after the value: what begins there is another matter
_ENDS_AT = (
    (
        ("address",),
        re.compile(r",?\s+(?:gọi|mức|được|kể từ|hưởng|sinh ngày|CCCD|số CCCD|SĐT|điện thoại|số điện thoại)\b"),
    ),
    (("change_type",), re.compile(r"\s+cho\s+(?:người|tôi|con|cháu|ông|bà)\b")),
    (
        ("issuing_authority",),  # the title below, drawn to it, or the number
        re.compile(
            r"\s+(?:b[ằăà]ng (?:cử|kỹ|tốt|thạc|tiến|đại|trung)\b|phi[ếề]u thu\b|biên lai\b|s[ốo]?: ?\d)", re.IGNORECASE
        ),
    ),
    (("_place", "registration_place"), re.compile(r",?\s+(?:vào\s+)?ngày\s+\d|\s+số:?\s+\d")),
)
# a form that asks for an address part by part: `Xã/Phường/Đặc khu: xã Tân Văn`
_ASKED_IN_PARTS = re.compile(
    r"[\s,;]*(?:Số nhà|Tên đường|Đường phố|Xã/|Phường/|Quận/|Huyện/|Tỉnh/|Tỉnh, thành)[^:\d]{0,60}:\s*", re.IGNORECASE
)
_NONE = re.compile(r"không(?: có)?", re.IGNORECASE)

_READERS: tuple[tuple[tuple[str, ...], Callable[[str], str | None]], ...] = (
    (("phone",), normal.read_phone),
    (("email",), normal.read_email),
    (("citizen_id",), normal.read_citizen_id),
    (("gender",), normal.read_gender),
    (("ethnicity",), normal.read_ethnicity),
    (("nationality",), normal.read_nationality),
    (("_vnd",), normal.read_money),
    (("_m2", "_m"), normal.read_number),
    (("birth_weight_g",), numbers.read_weight),
    (("duration_months", "workers", "copies_requested", "marriage_order"), normal.read_count),
    (("certificate_kind",), normal.read_choice),
    (("building_grade",), normal.read_grade),
    (("graduation_year",), numbers.read_year),
    (("floors",), numbers.read_floors),
    (("time_of_birth", "time_of_death"), normal.read_time),
    (("parcel_number", "map_sheet"), numbers.read_plot),
    (("certificate_number",), numbers.read_serial),
    (("business_name", "project_name", "class_name", "design_org"), normal.read_text),
    (("date_of_birth", "issue_date", "_date", "date_of_death", "deadline"), normal.read_date),
    (("full_name", "_name", "_head", "subject_person", "birth_attendant"), normal.read_name),
    (("scale",), numbers.read_scale),
    (("diploma_type",), normal.read_title),
    (("drawing_title",), normal.read_drawing_title),
    (("tax_code", "health_insurance_number", "case_code", "_number", "receipt_series", "book", "certificate"),
        numbers.read_code),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value; `weight` says how good its label or place is (0-1), more is better."""

    name: str
    found: Found
    weight: float


def is_long(name: str) -> bool:
    """Whether a field may run over several lines."""
    return name in LONG or name.endswith(_SUFFIXES)


def normalise(name: str, raw: str) -> str | None:
    """The normalised value of a field, None where the printed text is none of its format."""
    if name.endswith("document_number"):
        raw = _NEXT_WORD.sub("", raw)
    for endings, reader in _READERS:
        if name.endswith(endings):
            return reader(raw)
    for endings, end in _ENDS_AT:
        if name.endswith(endings):
            raw = end.split(raw, maxsplit=1)[0]
    if name.endswith("address"):
        raw = _ASKED_IN_PARTS.sub(", ", raw).lstrip(", ")
    found = normal.read_text(raw)
    return None if found and _is_no_value(name, found) else found


# the label behind a number, drawn to it: `264/GBTQuyển`
_NEXT_WORD = re.compile(r"(?<=[A-ZĐ]{2})[A-ZĐ][a-zà-ỹ]{2,}$")

# the next thing a form asks for: `20. Tình trạng hôn nhân: …`
_ITEM = re.compile(r"\(?\d{1,2}[.)]\s*[^\W\d_][^:]{3,60}:")


def _is_no_value(name: str, text: str) -> bool:
    """`Không` is no address, and `tình trạng hôn nhân cho người có tên …` says no state."""
    if _ITEM.match(text):
        return True
    if name == "marital_status":
        return text.casefold().startswith("cho ")
    if name == "school":
        return fold(text).startswith("cong hoa xa hoi")
    if name.endswith("relationship"):  # a number's label beside it: `Số CMND 9 số`
        return bool(re.search(r"\d", text))
    if name == "issuing_authority":
        return not _BODY.search(fold(text))
    return name.endswith("address") and bool(_NONE.fullmatch(text) or (text[0].islower() and not _PLACE.search(text)))


# what an address that begins in small letters holds: a unit, a figure or a part
_PLACE = re.compile(
    r"[\d,]|\b(?:thôn|bản|xóm|xã|phường|tổ|khối|khu|phố|đường|ngõ|ấp|làng|huyện|tỉnh|thị|thành)\b", re.IGNORECASE
)

# what the name of an authority, a school or a hospital holds; a label or a person's name has none of it
_BODY = re.compile(
    r"uy ban|ubnd|nhan dan|cong an|trung tam|chi nhanh|dai hoc|hoc vien|chinh phu|thu tuong|chu tich|quoc hoi|quan ly|"
    r"\b(?:cuc|toa|truong|tram|phong|vien|tong cuc|kho bac|thanh tra|benh vien|van phong|hoi dong|mat tran)\b|"
    r"\bs[ao0] (?:giao|y|tai|noi|xay|tu|cong|nong|van|khoa|lao|dan)|"
    r"\bbo (?:cong|y|giao|noi|tai|tu|xay|nong|khoa|van|ngoai)|"
    r"\bban (?:quan|chi|chap|to|dan|tiep|giam)|\bhoi (?:nong|phu|cuu|cong)|\bdoi (?:canh|cong)"
)


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """For each field the candidate of the greatest weight whose value has the right format; the first of equals."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if normalise(candidate.name, candidate.found.text) is None:
            continue
        held = best.get(candidate.name)
        if held is None or candidate.weight > held.weight + 1e-6:
            best[candidate.name] = candidate
    return list(best.values())


def field_from(candidate: Candidate, kind: PaperKind) -> Field:
    """The field of a candidate that `choose` kept."""
    found = candidate.found
    value = normalise(candidate.name, found.text) or ""
    del kind
    seen = found.page.source is not TextSource.TEXT_LAYER
    if seen:
        mended = mend(candidate.name, value)
        value = (normalise(candidate.name, mended) or value) if mended != value else value
    print_quality = found.confidence if seen else 1.0
    most = _most_sure(candidate.name, found.text, value) if seen else 0.995
    return Field(
        name=candidate.name,
        value=value,
        raw=found.text,
        confidence=round(min(most, print_quality * candidate.weight), 4),
        page=found.page.number,
        box=found.box,
        source=found.page.source,
        document=found.page.document,
    )


def _most_sure(name: str, raw: str, value: str) -> float:
    """How far a value read from a picture is believed at most: less where a name was torn, least where it still is."""
    plain = normalise(name, raw) or ""
    if not name.endswith("name") or not (is_torn(plain) or join_torn(plain) != plain):
        return 0.995
    return TORN if is_torn(value) else JOINED
