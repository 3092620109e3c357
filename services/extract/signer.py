"""Who signed: the name under an office at the foot of the paper (Decree 30/2020, Appendix I, cells 7a and 7b)."""

import re
from collections.abc import Iterable

from services.dossier.compare import fold
from services.extract.normal import read_name
from services.extract.rows import Piece, Row, Segment, Sheet
from services.extract.values import Found
from services.extract.words import SURNAMES

OFFICE = re.compile(
    r"\b(chu tich|giam doc|truong phong|cong chuc|bo truong|thu truong|hieu truong|cuc truong|truong cong an|"
    r"can bo|nguoi ky|"
    r"tm|kt|tl|tuq|thu tuong|chi cuc truong|vien truong|chanh an|truong|nguoi ky giay|thu truong don vi|"
    r"thu truong co so|doi truong|"
    r"ky ten dong dau|ky dong dau|ky va dong dau|ky ghi ro ho ten|nguoi thuc hien|dai dien co so|lanh dao|"
    r"tong cuc truong|hieu pho|uy ban nhan dan|tham phan|hoi dong xet xu)\b"
)
_RANK = re.compile(
    r"^(?:(?:thượng|trung|đại|thiếu|chuẩn)\s+(?:tá|úy|tướng)|đại tướng|ths\.?|ts\.?|bs\.?|bsck\s?i*\.?|pgs\.?|"
    r"gs\.?|cn\.?|bác sĩ|thạc sĩ|tiến sĩ|"
    r"luật sư|ông|bà)\s*[.:]?\s*",
    re.IGNORECASE,
)
_NOT_A_PERSON = re.compile(
    r"^(tinh|huyen|xa|phuong|thanh pho|thi tran|chu ho|"
    r"van phong|quoc hoi|noi nhan|luu van|le phi|ha noi|lang son|vu phap|vu truong|cong ty|ha noi)\b"
)
# the second line of an office: `Cục Cảnh sát quản lý hành chính | về trật tự xã hội`
_OF_A_BODY = re.compile(
    r"\b(trat tu|xa hoi|chua benh|quan ly|hanh chinh|y te|dat dai|moi truong|dao tao|nhan dan|lang son)\b"
)
_TAIL_ROWS = 40
CENTRED = 0.06  # of the page's width: a signature and its name stand centred under the office


def find_signer(sheet: Sheet) -> Found | None:
    """The last name that stands alone under an office, looked for from the end of the paper upwards.

    A name in the right half is believed first; the left half holds the recipients.
    """
    rows = sheet.rows
    offices = [row.number for row in rows if OFFICE.search(fold(row.text)) and len(row.text.split()) < 16]  # noqa: PLR2004
    if not offices:
        return None
    last = rows[-1].number
    for office in sorted(offices, reverse=True):
        if last - office > _TAIL_ROWS:
            break
        below = rows[office + 1 : office + 13]
        middles = _office_middles(rows[office])
        found = _name_in(below, middles, right=True) or _name_in(below, middles, right=False)
        if found:
            return found
    return None


def _office_middles(row: Row) -> list[float]:
    """Where the offices of a row are centred, as fractions of the page's width."""
    return [(s.box.left + s.box.right) / 2 for s in row.segments if OFFICE.search(fold(s.text))]


def _name_in(rows: list[Row], middles: list[float], *, right: bool) -> Found | None:
    for row in rows:
        for segment in reversed(row.segments):
            middle = (segment.box.left + segment.box.right) / 2
            if right != (middle > 0.45):  # noqa: PLR2004 - of the page's width
                continue
            under = any(abs(middle - office) < CENTRED for office in middles)
            if found := _name_from(segment.pieces, row, under=under):
                return found
    return None


def _name_from(pieces: list[Piece], row: Row, *, under: bool) -> Found | None:
    """A name by its surname, or by standing centred under the office."""
    text = _RANK.sub("", _RANK.sub("", " ".join(piece.text for piece in pieces)))
    if re.search(r"[:;()0-9/]", text) or OFFICE.search(fold(text)):
        return None
    name = read_name(text)
    if (
        name is None
        or _NOT_A_PERSON.search(fold(name))
        or (not under and fold(name).split(" ")[0] not in SURNAMES)
        or _OF_A_BODY.search(fold(name))
        or not all(w[0].isupper() for w in text.split())
    ):
        return None
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.united(piece.box)
    confidence = sum(piece.confidence for piece in pieces) / len(pieces)
    return Found(text, box, confidence, row.page, row.number)


_ROLES = (
    ("notary_name", re.compile(r"cong chung vien|(nguoi|can bo) (thuc hien )?chung thuc|nguoi ky chung thuc")),
    ("designer_name", re.compile(r"chu tri|thiet ke$|nguoi thiet ke|kien truc su|nguoi ve|chu nhiem")),
    ("cashier_name", re.compile(r"nguoi (thu|lap|viet bien lai)|thu quy|can bo thu|ke toan")),
    ("birth_attendant", re.compile(r"nguoi do( de)?\b|nu ho sinh")),
)
ROLE_WORDS = 8


def find_signatures(sheet: Sheet, names: Iterable[str]) -> dict[str, Found]:
    """The names written under what people sign as (`Người thu tiền`, `Công chứng viên`), for the fields asked for."""
    wanted = set(names)
    found: dict[str, Found] = {}
    for name, pattern in _ROLES:
        if name not in wanted:
            continue
        for row in reversed(sheet.rows):
            for segment in row.segments:
                role = pattern.search(fold(segment.text)) and len(segment.pieces) <= ROLE_WORDS
                if role and ":" not in segment.text and (signed := _signed_under(sheet, row, segment)):
                    found.setdefault(name, signed)
    return found


def _signed_under(sheet: Sheet, row: Row, role: Segment) -> Found | None:
    middle = (role.box.left + role.box.right) / 2
    for below in sheet.rows[row.number + 1 : row.number + 12]:
        for segment in below.segments:
            under = abs((segment.box.left + segment.box.right) / 2 - middle) < 2 * CENTRED and below.page is row.page
            if under and (found := _name_from(segment.pieces, below, under=True)):
                return found
    return None
