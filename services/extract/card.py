"""What an identity card says without a label: who issued it."""

import re

from services.dossier.compare import fold
from services.dossier.kinds import PaperKind
from services.extract.candidates import Candidate
from services.extract.normal import read_name
from services.extract.rows import Sheet
from services.extract.values import Found
from services.extract.words import SURNAMES

# cards of 2012-2020, of 2021-2024 and of 2024 on name three bodies
_ISSUERS = (
    (
        r"canh sat dang ky quan ly cu tru va du lieu quoc gia",
        "Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
    ),
    (
        r"canh sat (qlhc|quan ly hanh chinh)|quan ly hanh chinh ve trat tu",
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    ),
    (r"\bbo cong an\b|ministry of public security", "Bộ Công an"),
)


def read_card(kind: PaperKind, sheet: Sheet) -> list[Candidate]:
    """The issuer on the back of a card, in its full name; the name on its front, where its label was not read."""
    if kind is PaperKind.CITIZEN_ID_FRONT:
        return [*_name_in_capitals(sheet), *_lone_sex(sheet)]
    if kind is not PaperKind.CITIZEN_ID_BACK:
        return []
    for pattern, name in _ISSUERS:
        for row in sheet.rows:
            below = sheet.rows[row.number + 1].text if row.number + 1 < len(sheet.rows) else ""
            if re.search(pattern, fold(row.text)) or re.search(pattern, fold(f"{row.text} {below}")):
                confidence = min(piece.confidence for segment in row.segments for piece in segment.pieces)
                return [Candidate("issuing_authority", Found(name, row.box, confidence, row.page, row.number), 0.96)]
    return []


LABELLESS = 0.7  # weight of a name known only by where it stands
_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")


def _lone_sex(sheet: Sheet) -> list[Candidate]:
    """The one `Nam` or `Nữ` below the number that is no part of `Việt Nam`, where no label was read before it."""
    numbers = [row.number for row in sheet.rows if _NUMBER.search(row.text)]
    found = []
    for row in sheet.rows[numbers[0] + 1 :] if numbers else []:
        for segment in row.segments:
            before = ""
            for piece in segment.pieces:
                word = piece.text.strip(" .,:;")
                if word in {"Nam", "Nữ"} and fold(before) not in {"viet", "mien", "quang", "ha"}:
                    found.append(Found(word, piece.box, piece.confidence, row.page, row.number))
                before = word
    return [Candidate("gender", found[0], LABELLESS)] if len(found) == 1 else []


def _name_in_capitals(sheet: Sheet) -> list[Candidate]:
    """The line in capitals below the number that begins with a surname."""
    numbers = [row.number for row in sheet.rows if _NUMBER.search(row.text)]
    for row in sheet.rows[numbers[0] + 1 :] if numbers else []:
        for segment in row.segments:
            words = [fold(piece.text) for piece in segment.pieces]
            name = segment.text.strip(" .,:;")
            if name.isupper() and words[0] in SURNAMES and read_name(name):
                confidence = sum(piece.confidence for piece in segment.pieces) / len(segment.pieces)
                found = Found(name, segment.box, confidence, row.page, row.number)
                return [Candidate("full_name", found, LABELLESS)]
    return []
