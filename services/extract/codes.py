"""What machine-readable marks say: the QR code of the identity card,
and the zone of three lines on its back (ICAO 9303 TD1)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.dossier.compare import fold
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.machine_zone import check_digit
from services.dossier.page import Box, Page, TextSource
from services.extract.normal import read_gender, read_name

_PARTS = 7  # number|old number|name|ddMMyyyy|gender|address|ddMMyyyy of issue
_CARD = {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}
CENTURY_TURN = 30  # two-digit years of birth above it are of the last century, of expiry of this one


@dataclass(frozen=True, slots=True)
class Code:
    """A mark on page `page` (from 1) and what it says; `symbology` as the reader names it (`QRCode`)."""

    page: int
    text: str
    box: Box | None
    symbology: str
    document: int = 1


@dataclass(frozen=True, slots=True)
class Zone:
    """A machine-readable zone whose check digits hold; dates ISO."""

    lines: tuple[str, str, str]
    citizen_id: str
    date_of_birth: str
    gender: str
    expiry_date: str
    page: Page
    box: Box


def fields_from_codes(kind: PaperKind, pages: Sequence[Page], codes: Sequence[Code]) -> list[Field]:
    """Fields of an identity card from its QR code and zone; nothing for any other paper."""
    if kind not in _CARD:
        return []
    found = _zone_fields(kind, read_zone(pages))
    for code in codes:
        found += _card_fields(kind, code)
    return found


def _card_fields(kind: PaperKind, code: Code) -> list[Field]:
    parts = [part.strip() for part in code.text.split("|")]
    if len(parts) < _PARTS or not re.fullmatch(r"\d{12}", parts[0]):
        return []
    values = {
        "citizen_id": parts[0],
        "full_name": read_name(parts[2]),
        "date_of_birth": _day_first(parts[3]),
        "gender": read_gender(parts[4]),
        "address": parts[5] or None,
        "issue_date": _day_first(parts[6]),
    }
    wanted = {"issue_date"} if kind is PaperKind.CITIZEN_ID_BACK else set(values) - {"issue_date"}
    return [
        Field(name, value, code.text, 0.999, code.page, code.box, TextSource.QR, code.document)
        for name, value in values.items()
        if value and name in wanted
    ]


def _day_first(text: str) -> str | None:
    match = re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text)
    return f"{match[3]}-{match[2]}-{match[1]}" if match else None


def read_zone(pages: Iterable[Page]) -> Zone | None:
    """The zone of three lines of thirty characters, mended where a check digit proves it; None when none holds."""
    for page in pages:
        rows = [(re.sub(r"\s", "", line.text).upper().replace("«", "<<"), line.box) for line in page.lines]
        for at in range(len(rows) - 2):
            first, second, third = (_thirty(rows[at + step][0]) for step in range(3))
            if not re.match(r"[I1L]D?[VY]N[MN]", first) or "<" not in third:
                continue
            if zone := _zone_from(first, second, third, page, rows[at][1].united(rows[at + 2][1])):
                return zone
    return None


def _thirty(text: str) -> str:
    """Exactly thirty characters: fillers are what a reader loses or adds."""
    text = re.sub(r"[^0-9A-Z<]", "<", text)
    return (text.rstrip("<") + "<" * 30)[:30] if len(text.rstrip("<")) <= 30 else text[:30]  # noqa: PLR2004


def _figures(text: str) -> str:
    return text.translate(str.maketrans("OQDILZSBG", "000112586"))


def _zone_from(first: str, second: str, third: str, page: Page, box: Box) -> Zone | None:
    first = "IDVNM" + _figures(first[5:27]) + "<<" + _figures(first[29])
    second = _figures(second[:7]) + second[7] + _figures(second[8:15]) + "VNM" + "<" * 11 + _figures(second[29])
    holds = (
        check_digit(first[5:14]) == _digit(first[14])
        and check_digit(second[:6]) == _digit(second[6])
        and check_digit(second[8:14]) == _digit(second[14])
    )
    if not holds or second[7] not in "MF" or not first[15:27].isdigit():
        return None
    born = _short_date(second[:6], birth=True)
    expires = _short_date(second[8:14], birth=False)
    sex = "Nam" if second[7] == "M" else "Nữ"
    return Zone((first, second, third), first[15:27], born, sex, expires, page, box)


def _digit(char: str) -> int:
    return int(char) if char.isdigit() else -1


def _short_date(text: str, *, birth: bool) -> str:
    year = int(text[:2])
    century = 1900 if birth and year > CENTURY_TURN else 2000
    return f"{century + year}-{text[2:4]}-{text[4:6]}"


def _prints_expiry(page: Page) -> bool:
    """Whether the day a card expires stands on this side in words; cards before 2024 have it on the front."""
    return any(re.search(r"expiry|het han|gia tri den", fold(line.text)) for line in page.lines)


def with_fillers(line: str) -> str:
    """The line of names with the fillers at its end that a reader took for C, K or X; no check digit covers them."""
    return re.sub(r"<<[<CKX]+$", lambda tail: "<" * len(tail.group()), line)


def _zone_fields(kind: PaperKind, zone: Zone | None) -> list[Field]:
    if zone is None or kind is not PaperKind.CITIZEN_ID_BACK:
        return []
    values = {f"mrz_line_{number}": line for number, line in enumerate(zone.lines, 1)}
    values["mrz_line_3"] = with_fillers(values["mrz_line_3"])
    if not zone.expiry_date.startswith("2099") and _prints_expiry(zone.page):
        values["expiry_date"] = zone.expiry_date
    return [
        Field(name, value, " ".join(zone.lines), 0.99, zone.page.number, zone.box, TextSource.MRZ, zone.page.document)
        for name, value in values.items()
    ]
