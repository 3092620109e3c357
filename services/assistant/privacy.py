"""What of a question is kept: identity numbers, phones, e-mail addresses and names are masked before it is.

Names are told by a Vietnamese family name and one to three capitalised words after it; a name typed without capitals
stays, which is why the log has a retention as well.
"""

import re
import unicodedata

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w.-])\+?\d(?:[ .\-]?\d){7,17}(?![\w-]|\.\d)")
_DOSSIER = re.compile(r"\b(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]{1,3}\d{2}(?:\.\d{1,3})*-\d{6}-\d{3,6}\b", re.IGNORECASE)
_PLATE = re.compile(r"\b\d{2}[A-Z]\d?[ .\-]?\d{3}[.]?\d{2}\b", re.IGNORECASE)
_FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Nông|Lương|Vi|Triệu|Hà|Chu|Lộc|Bế|Đinh|"
    "Trịnh|Mai|Đào|Lâm|Tô|Đoàn|Trương|La|Lục|Mã|Sầm|Ma|Hứa|Đàm|Phùng|Cao|Tạ|Linh|Lăng|Mông|Phương|Hoàng"
)
_NAME = re.compile(rf"\b(?:{_FAMILIES})((?: [^\W\d_]+){{1,3}})")

KEPT_DIGITS = 3


def mask_private(text: str) -> str:
    """A text as it may be stored: what identifies a person replaced, the last three digits of numbers kept."""
    masked = _EMAIL.sub("[e-mail]", unicodedata.normalize("NFC", text))
    masked = _PLATE.sub("[biển số]", masked)
    parts, at = [], 0
    for code in _DOSSIER.finditer(masked):
        parts += [_mask_rest(masked[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, _mask_rest(masked[at:])])


def _mask_rest(text: str) -> str:
    return _NAME.sub(_mask_name, _DIGITS.sub(_mask_number, text))


def _mask_name(match: re.Match[str]) -> str:
    """The family name and the capitalised words after it; what follows them stays."""
    words = match[1].split()
    given = next((at for at, word in enumerate(words) if not word[0].isupper()), len(words))
    return " ".join(["[tên]", *words[given:]]) if given else match[0]


def _mask_number(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    return "•" * (len(digits) - KEPT_DIGITS) + digits[-KEPT_DIGITS:]
