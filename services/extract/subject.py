"""The kind and the subject of an administrative document (cells 5a and 5b of Decree 30/2020, Appendix I)."""

import re
from collections.abc import Callable

from rapidfuzz import fuzz

from services.dossier.compare import fold
from services.extract.rows import Piece, Row, Sheet
from services.extract.values import Found

# the 29 kinds of Decree 30/2020, article 7, and the normative ones of the law on promulgation (Law 64/2025/QH15)
_PRINTED = (
    "Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Thông tư liên tịch",
    "Lệnh", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch",
    "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công điện", "Bản ghi nhớ",
    "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi",
    "Phiếu chuyển", "Phiếu báo",
)  # fmt: skip
KINDS = {fold(printed): printed for printed in _PRINTED}
_ENDS = re.compile(
    r"^(can cu |kinh gui|theo |xet |thuc hien|chuong [ivx1]|dieu 1|phan |quoc hoi|chinh phu|bo truong|"
    r"uy ban nhan dan|chu tich|"
    r"hoi dong|giam doc|thu tuong|tong giam doc|thong doc|i |1 |ong |hom nay|toi ten|ho va ten|hieu truong|"
    r"truong phong|so |cuc truong)"
)
LAWS = {"Luật", "Bộ luật", "Pháp lệnh"}
SUBJECT_LINES = 8
SHOUTED = 12  # letters of a line in capitals that is more than an abbreviation
CENTRE = (0.4, 0.6)  # of the page's width
SMEARED, CLEAR = 45.0, 93.0  # of 100: how alike heading and enacting clause are when a stamp lies between
Spotter = Callable[[list[Piece], Row, str | None], Found]


def kind_in(text: str) -> str | None:
    """The kind of document that a folded line names and nothing else."""
    return KINDS.get(text.strip())


def find_subject(sheet: Sheet, spot: Spotter) -> tuple[Found | None, Found | None]:
    """The subject and the printed kind; a letter without a kind gives its `V/v` lines."""
    first = [row for row in sheet.rows if row.page is sheet.rows[0].page]
    for at, row in enumerate(first[:30]):
        text = fold(row.text)
        if named := _kind_at_end(row):
            pieces, printed = named
            below = _below_kind(first[at + 1 :], spot, printed)
            return _cleaner(below, _as_enacted(sheet, printed, spot)), spot(pieces, row, printed)
        if re.match(r"(v v|ve viec)\b", text):
            return _about(first, at, spot), None
        if found := _with_kind(row, text, spot):
            return found, None
    return None, None


def _kind_at_end(row: Row) -> tuple[list[Piece], str] | None:
    """The kind, in capitals and centred, alone or after the remains of a stamp on its left."""
    pieces = [piece for segment in row.segments for piece in segment.pieces]
    for start in range(max(0, len(pieces) - 4), len(pieces)):
        own = pieces[start:]
        printed = KINDS.get(fold(" ".join(piece.text for piece in own)))
        middle = (own[0].box.left + own[-1].box.right) / 2
        alone = start == 0 or (len(fold(printed or "")) > 5 and own[0].box.left > 0.35)  # noqa: PLR2004
        if printed and alone and 0.3 < middle < 0.7 and all(p.text.isupper() for p in own):  # noqa: PLR2004
            return own, printed
    return None


def _as_enacted(sheet: Sheet, kind: str, spot: Spotter) -> Found | None:
    """The subject as the enacting clause repeats it: `Chính phủ ban hành Nghị định quy định …`."""
    if kind in LAWS:
        return None
    words = r"\S+ " * len(kind.split())
    wanted = re.compile(rf"ban hành {words}(?!số|kèm)([^;.]{{12,400}})\.(?:\s|$)", re.IGNORECASE)
    rows = [row for row in sheet.rows if row.page is sheet.rows[0].page]
    for at, row in enumerate(rows):
        if re.search(r"ban hanh (nghi|thong|quyet|chi|ke)\b", fold(row.text)):
            match = wanted.search(" ".join(r.text for r in rows[at : at + 7]) + " ")
            if match and not match[1].startswith("kèm theo"):
                text = re.split(r",?\s+(?:Chương|CHƯƠNG|Điều) [IVX1]", match[1][0].upper() + match[1][1:])[0]
                return spot([p for s in row.segments for p in s.pieces], row, _mended(text))
    return None


def _cleaner(headed: Found | None, enacted: Found | None) -> Found | None:
    """The heading, unless a stamp lies over it and the enacting clause says the same in clear."""
    if headed is None or enacted is None:
        return headed or enacted
    alike = fuzz.ratio(fold(headed.text), fold(enacted.text))
    smeared = re.search(r"[a-zà-ỹ]\d|\d[a-zà-ỹ]{2}|['\"`|\]\[]", headed.text)
    longer = not smeared and len(enacted.text) > 1.3 * len(headed.text)
    return enacted if not longer and SMEARED < alike < (100.0 if smeared else CLEAR) else headed


_SLIPS = (
    ("chỉ tiết", "chi tiết"),
    ("một số điễu", "một số điều"),
    ("một số điêu", "một số điều"),
    ("bỏ sung", "bổ sung"),
    ("bồ sung", "bổ sung"),
    ("bố sung", "bổ sung"),
    ("sửa đối", "sửa đổi"),
    ("Nghị ãịnh", "Nghị định"),
)


def _mended(text: str) -> str:
    """Words that Vietnamese does not have, in phrases every document has."""
    for wrong, right in _SLIPS:
        text = text.replace(wrong, right)
    return re.sub(r"tháng [1lI][\]lI|]", "tháng 11", text)


def _with_kind(row: Row, text: str, spot: Spotter) -> Found | None:
    """A letter whose `V/v` stands beside the date on one row."""
    for segment in row.segments:
        if re.match(r"^(v v|ve viec)\b", fold(segment.text)) and not text.startswith("v v"):
            return spot(segment.pieces, row, _without_about(segment.text))
    return None


def _below_kind(rows: list[Row], spot: Spotter, kind: str) -> Found | None:
    taken: list[Row] = []
    for row in rows[:SUBJECT_LINES]:
        text = fold(row.text)
        if not text:
            continue
        if taken and _ends_subject(row, taken[-1], text):
            break
        if not taken and _ENDS.match(text) and not text.startswith(("chinh phu", "so ", "1 ", "i ")):
            break
        taken.append(row)
    if not taken:
        return None
    pieces = [piece for row in taken for piece in _centred(row)]
    text = " ".join(piece.text for piece in pieces)
    text = _lowered(_without_about(text))
    if kind in LAWS:
        text = f"{kind} {text}"
    return spot(pieces, taken[0], _mended(text))


def _centred(row: Row) -> list[Piece]:
    """The words of a line that stand over the middle; stamps and marks of files stand at its sides."""
    middle = [s for s in row.segments if s.box.left < CENTRE[1] and s.box.right > CENTRE[0]]
    return [piece for segment in middle or row.segments for piece in segment.pieces]


def _lowered(text: str) -> str:
    """A subject in capitals as a sentence; names of laws keep theirs."""
    if not text.isupper():
        return text
    return re.sub(r"\bluật (\w)", lambda match: f"Luật {match[1].upper()}", text.capitalize())


def _ends_subject(row: Row, before: Row, text: str) -> bool:
    if _ENDS.match(text) or row.box.top - before.box.bottom > 2.5 * (before.box.bottom - before.box.top):
        return True
    letters = [char for char in row.text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters) > 0.8 * max(len(letters), 1)
    if before.text.isupper() and len(before.text) > SHOUTED:  # a heading in capitals ends where small letters begin
        return not capitals and sum(char.islower() for char in letters) > 0.6 * len(letters)
    return capitals and not before.text.isupper()


def _about(rows: list[Row], at: int, spot: Spotter) -> Found | None:
    """`V/v …` under the number, in the left cell, until the address or a line of the right cell only."""
    start = _left(rows[at])
    if not start:
        return None
    pieces = list(start)
    for row in rows[at + 1 : at + 5]:
        left = _left(row)
        text = fold(" ".join(piece.text for piece in left))
        if not left or _ENDS.match(text) or left[0].box.left > 0.4 or left[-1].box.right > 0.62:  # noqa: PLR2004
            break
        pieces += left
    return spot(pieces, rows[at], _without_about(" ".join(piece.text for piece in pieces)))


def _left(row: Row) -> list[Piece]:
    if len(row.segments) == 1:
        return row.segments[0].pieces
    return [piece for s in row.segments if s.box.left < 0.42 for piece in s.pieces]  # noqa: PLR2004


def _without_about(text: str) -> str:
    return re.sub(r"^\(?\s*(?:V\s*/\s*[vV]\.?:?|Về việc:?)\s*", "", text).strip(" :-_.)")
