"""Closed lists and number words: what a dictionary can prove."""

import re
from collections.abc import Iterable
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from services.dossier.compare import fold

# the 54 peoples of Vietnam (Decision 121-TCTK/PPCD of 1979) with the usual second names
ETHNICITIES = (
    "Kinh", "Tày", "Nùng", "Dao", "Hoa", "Sán Chay", "Sán Dìu", "Mông", "H'Mông", "Thái", "Mường", "Khơ Me", "Khmer",
    "Gia Rai", "Ê Đê", "Ba Na", "Chăm", "Cơ Ho", "Xơ Đăng", "Hrê", "Ra Glai", "Mnông", "Thổ", "Xtiêng", "Khơ Mú",
    "Bru-Vân Kiều", "Cơ Tu", "Giáy", "Tà Ôi", "Mạ", "Giẻ Triêng", "Co", "Chơ Ro", "Xinh Mun", "Hà Nhì", "Chu Ru", "Lào",
    "La Chí", "Kháng", "Phù Lá", "La Hủ", "La Ha", "Pà Thẻn", "Lự", "Ngái", "Chứt", "Lô Lô", "Mảng", "Cơ Lao", "Bố Y",
    "Cống", "Si La", "Pu Péo", "Rơ Măm", "Brâu", "Ơ Đu", "Cao Lan",
)  # fmt: skip

SURNAMES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "nong",
        "hua",
        "lo",
        "luong",
        "vi",
        "trieu",
        "lam",
        "dinh",
        "doan",
        "cao",
        "trinh",
        "mai",
        "to",
        "ta",
        "truong",
        "phung",
        "quach",
        "ha",
        "chu",
        "giap",
        "hoa",
        "lieu",
        "luc",
        "be",
        "dam",
        "mac",
        "ma",
        "ban",
        "dao",
        "sam",
        "thach",
        "danh",
        "kim",
        "thai",
        "tong",
        "tang",
        "la",
        "luu",
        "chau",
        "khuc",
        "kieu",
        "khong",
        "nghiem",
        "than",
        "tieu",
        "vuong",
        "linh",
        "long",
        "loc",
        "van",
        "trang",
        "o",
        "on",
        "phu",
        "giang",
        "bien",
        "au",
        "sung",
        "vang",
        "giang",
        "thao",
        "dieu",
        "y",
        "h'",
        "ksor",
        "rcom",
        "ro",
        "cham",
        "siu",
        "thi",
        "lang",
        "moong",
        "ninh",
        "bach",
        "cung",
        "co",
        "hac",
        "han",
        "kha",
        "lai",
        "mong",
        "nham",
        "ong",
        "si",
        "tham",
        "tho",
        "uong",
        "ung",
        "xa",
        "que",
        "lanh",
        "lang",
        "vy",
        "lieu",
        "luong",
        "chung",
        "phuong",
        "nhan",
        "chuong",
        "hoi",
        "bang",
        "nham",
        "phan",
        "don",
        "pho",
        "kieu",
        "thieu",
        "trung",
        "tang",
        "hon",
        "vuong",
        "loi",
        "dong",
        "lan",
        "khang",
        "khuong",
        "tien",
        "toan",
        "tuong",
        "uyen",
        "phi",
    ]
)

_UNITS = {
    "khong": 0, "linh": 0, "le": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6,
    "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_SKIPPED = {"mung", "mong", "thu", "ngay"}


def repair_from(text: str, choices: Iterable[str], limit: int = 1) -> str | None:
    """The choice that the text is, or is within `limit` letters of (none for very short words)."""
    wanted = fold(text)
    plain = {fold(choice): choice for choice in choices}
    if wanted in plain:
        exact = [choice for choice in choices if choice.casefold() == text.casefold()]
        return exact[0] if exact else plain[wanted]
    first = wanted.split(" ")[0] if wanted else ""
    if first in plain:
        return plain[first]
    if len(wanted) < 4:  # noqa: PLR2004 - one wrong letter of three proves nothing
        return None
    best = process.extractOne(wanted, plain.keys(), scorer=Levenshtein.distance, score_cutoff=limit)
    return plain[best[0]] if best else None


def read_date_in_words(text: str) -> str | None:
    """`ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi tư` as an ISO date, None when it is none."""
    plain = fold(text)
    match = re.search(r"(?:ngay )?((?:\w+ ){1,4})thang ((?:\w+ ){1,3})nam ((?:\w+ ?){4,9})", plain)
    if not match:
        return None
    day, month, year = (_number(group.split()) for group in match.groups())
    if day is None or month is None or year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(words: list[str]) -> int | None:
    """A number up to 9999 from its words; None at the first word that is none (unless something was read)."""
    total = current = 0
    read = False
    for word in words:
        if word in _SKIPPED and not read:
            continue
        if word in {"nghin", "ngan"}:
            total, current = total + current * 1000, 0
        elif word == "tram":
            total, current = total + current * 100, 0
        elif word in {"muoi", "chuc"}:
            total, current = total + (current or 1) * 10, 0
        elif word in _UNITS or word in {"gieng", "chap"}:
            current = {"gieng": 1, "chap": 12}.get(word, _UNITS.get(word, 0))
        else:
            break
        read = True
    return total + current if read else None
