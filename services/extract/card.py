"""What an identity card says without a label: who issued it."""

import re

from services.dossier.compare import fold
from services.dossier.kinds import PaperKind
from services.extract.candidates import Candidate
from services.extract.rows import Sheet
from services.extract.values import Found

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
    """The issuer on the back of a card, in its full name."""
    if kind is not PaperKind.CITIZEN_ID_BACK:
        return []
    for pattern, name in _ISSUERS:
        for row in sheet.rows:
            below = sheet.rows[row.number + 1].text if row.number + 1 < len(sheet.rows) else ""
            if re.search(pattern, fold(row.text)) or re.search(pattern, fold(f"{row.text} {below}")):
                confidence = min(piece.confidence for segment in row.segments for piece in segment.pieces)
                return [Candidate("issuing_authority", Found(name, row.box, confidence, row.page, row.number), 0.96)]
    return []
