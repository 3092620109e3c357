"""The frame of an administrative document: number, place and date, authority, kind, subject, signer.

Layout of Decree 30/2020/ND-CP, Appendix I, part IV: authority and number top left (cells 2 and 3), motto,
place and date
top right (1 and 4), kind and subject centred below (5a) or the subject under the number (5b), signer bottom right (7b).
"""

import re
from dataclasses import replace

from services.dossier.compare import fold
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.extract.candidates import Candidate
from services.extract.capitals import as_written_name
from services.extract.normal import read_date
from services.extract.rows import Piece, Row, Segment, Sheet
from services.extract.signer import CENTRED, OFFICE, find_signatures, find_signer
from services.extract.subject import find_subject, kind_in
from services.extract.values import Found

TOP_ROWS = 14
_MOTTO = re.compile(
    r"cong ?h[oa]+a? ?x[ad] ?hoi|doc lap ?-?_? ?tu do|tu do ?-? ?hanh phuc|socialist republic|independence"
)
_NUMBER = re.compile(
    r"(?:^|\s)(?:Luật\s+)?[Ss][ốóôo0ỗổ6]?[ốóôo]?\s*[:.;,]?\s*([0-9OolI|"
    r"]{1,6}[A-Za-z]?\s*/\s*[0-9A-ZĐÀ-Ỹ][^\s,;]*(?:\s?-\s?[0-9A-ZĐ&Ơ]+)*)"
)
_PLAIN_NUMBER = re.compile(r"(?:^|\s)S[ốóôo]\s*:\s*([0-9]{1,7}(?:\s?/\s?[0-9A-ZĐa-z][^\s,;]*)?)")
# a form says by which rule it is issued: `Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA`
_OF_A_RULE = re.compile(r"\b(ban hanh|kem theo|thong tu|nghi dinh|mau)\b")
# a line of its own under the authority: `313/GBT`
_BARE_NUMBER = re.compile(r"^(\d{1,6}\s?/\s?[A-ZĐ]{2,}[\w&-]*(?:\s?-\s?[A-ZĐ&]+)*)$")
# the day of a birth or a death, of another paper, of a law
_OF_AN_EVENT = re.compile(r"sinh|cap$|\b(chet|mat|tu vong|qua doi|gio|phut)\b")
_OF_ANOTHER = re.compile(r"luat|nghi dinh|den ngay|thong tu")
_F = r"[\dOolI|Z]"
_DATE = re.compile(
    rf"\bn[gq]\S{{0,2}}(?:\s?[yvu])?\s*{_F}{{1,2}}\s*th\S{{1,2}}n[gq]\s*{_F}\s?{_F}?\s*n\S{{1,2}}m\s*{_F}{{4}}",
    re.IGNORECASE,
)
_PASSED = re.compile(r"thông qua (ngày .{0,40}?\d{4})", re.IGNORECASE)
_BANNER = re.compile(r"^(nguoi ky|ky boi|email|co quan|thoi gian ky|.{0,20}cong bao so|.{0,14}vn thoi)\b")
_GIVEN_ON_DATE = {PaperKind.OTHER, PaperKind.OFFICIAL_LETTER, PaperKind.DECISION}
_TITLE = re.compile(
    r"(giay|to khai|don|bang|bien lai|phieu|hop dong|trich luc|can cuoc|ban ve|thu|cap|hoa don|quyen)\b"
)
_BODY = re.compile(
    r"(uy ban|ubnd|so [a-z]+ [a-z]+|chi nhanh|van phong dang ky|cong an|benh vien|"
    r"trung tam|truong|phong [a-z]+|cuc|bo [a-z]+)\b"
)
_ON_BEHALF = re.compile(r"^\s*(TM|KT|TL|TUQ|T/M)\s*[.:]?\s*", re.IGNORECASE)
_FORMS = ("_declaration", "_application", "_request", "petition", "letter", "attorney", "contract")


def read_header(kind: PaperKind, sheet: Sheet) -> list[Candidate]:
    """Candidates for the frame of the paper: only fields that this kind has (`OTHER` only as a
    document of an authority: numbered, or a law by its name)."""
    top = _top(sheet)
    spots = {
        "document_number": _number(top, sheet),
        "issuing_authority": _authority(top, sheet),
        "signer_name": find_signer(sheet),
        **_dates(kind, top, sheet),
        **_subject(kind, sheet),
    }
    spots["issuing_authority"] = _of_decree(spots["issuing_authority"], spots["document_number"])
    if spots["issuing_authority"] and fold(spots["issuing_authority"].text).startswith("cong ty"):
        spots["design_org"] = spots["issuing_authority"]
    fields = FIELDS_OF[kind]
    if kind is PaperKind.OTHER and not _is_official(spots["document_number"], spots.get("document_type")):
        return []
    spots |= find_signatures(sheet, fields)
    return [
        Candidate(name, found, _weight(name, found, top))
        for name, found in spots.items()
        if found is not None and name in fields
    ]


def _of_decree(authority: Found | None, number: Found | None) -> Found | None:
    """A decree is the Government's alone (law 64/2025/QH15): an office named before it is of a signature's banner."""
    told = authority and number and number.text.endswith("NĐ-CP") and re.search(r"(?i)\bchính phủ$", authority.text)
    return replace(authority, text=told[0].capitalize()) if authority and told else authority


def _weight(name: str, found: Found, top: list[Row]) -> float:
    """A number under the agency is sure; a day that does not stand in the head may be another day of the paper."""
    if name == "document_number":
        return 0.95
    in_head = any(row.number == found.row for row in top)
    return 0.9 if in_head or not name.endswith("_date") else 0.85


def _is_official(number: Found | None, printed_kind: Found | None) -> bool:
    """Whether a paper of no known kind is a document of an authority; a form or a letter has no such frame."""
    return printed_kind is not None or bool(number and re.search(r"/.*[A-ZĐ]{2}", number.text))


def _top(sheet: Sheet) -> list[Row]:
    """The rows of the first page above its body; the kind of document, centred in capitals, ends them."""
    if not sheet.rows:
        return []
    first = sheet.rows[0].page
    rows = [row for row in sheet.rows if row.page is first][:TOP_ROWS]
    above = [row for row in rows if row.box.top < 0.45]  # noqa: PLR2004 - of the page's height
    return [row for row in above if not _BANNER.match(fold(row.text))]


def spot(pieces: list[Piece], row: Row, text: str | None = None) -> Found:
    """Pieces of a row as a printed value."""
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.united(piece.box)
    confidence = sum(piece.confidence for piece in pieces) / len(pieces)
    return Found(text or " ".join(piece.text for piece in pieces), box, confidence, row.page, row.number)


def _number(top: list[Row], sheet: Sheet) -> Found | None:
    rows = top or sheet.rows[:TOP_ROWS]
    for pattern in (_NUMBER, _PLAIN_NUMBER, _BARE_NUMBER):
        for row in rows:
            for segment in row.segments:
                if (match := pattern.search(segment.text)) and not _OF_A_RULE.search(
                    fold(segment.text[: match.start(1)])
                ):
                    printed = re.sub(r"\s*([/\-–])\s*", lambda m: m[1].replace("–", "-"), match[1]).rstrip(".,;:")
                    return spot(segment.pieces, row, _mend_number(printed))
    return None


def _mend_number(text: str) -> str:
    """Digits before the first slash; `NĐ-CP`, `BLĐTBXH` with the letter that OCR most often loses."""
    head, _, tail = text.partition("/")
    head = head.translate(str.maketrans("OolI|", "00111"))
    tail = re.sub(r"\bND-CP\b|\bNÐ-CP\b", "NĐ-CP", tail).replace("Ð", "Đ").replace("QD-", "QĐ-")
    return f"{head}/{tail}" if tail else head


def _authority(top: list[Row], sheet: Sheet) -> Found | None:
    """The lines of the top left cell before the number: the body above and the body itself, joined."""
    taken: list[tuple[Row, list[Piece]]] = []
    for row in top:
        left = _left_half(row)
        text = fold(" ".join(piece.text for piece in left))
        if (
            re.match(r"(luat )?s[o06]\b.{0,3}\d", text)
            or (re.match(r"s[o06]\b", text) and any("/" in piece.text for piece in left))
            or re.match(r"v v\b", text)
            or (taken and _BARE_NUMBER.match(" ".join(piece.text for piece in left)))
            or kind_in(text)
            or _TITLE.match(text)
            or re.match(r"(ho )?(ong|ba|ho ten|ho va ten|cho)\b(?! ria)", text)
            or re.match(r"(mst|ma so thue|dia chi|dien thoai|mau so|ky hieu)\b", text)
        ):
            break
        if not taken and re.search(r":|\d{3}", " ".join(piece.text for piece in left)):
            continue  # what a digital signature prints on top, a form's number
        if left and _is_capitals(left, 2 if taken else 4) and not _MOTTO.search(text) and not _is_stamp(text):
            taken.append((row, left))
        elif taken and left:
            break
        if len(taken) == 4:  # noqa: PLR2004 - more lines than any authority has
            break
    if not taken:
        return _signing_body(sheet)
    pieces = [piece for _, left in taken for piece in left]
    lines = [" ".join(piece.text for piece in left) for _, left in taken]
    return spot(pieces, taken[0][0], _joined_lines(lines))


def _joined_lines(lines: list[str]) -> str:
    """Both lines of the head as a person writes them; a line that begins no body goes on with the one before."""
    bodies: list[str] = []
    for line in lines:
        if bodies and not _BODY.match(fold(line)):
            bodies[-1] += f" {line}"
        else:
            bodies.append(line)
    return " ".join(as_written_name(body) for body in bodies)


def _signing_body(sheet: Sheet) -> Found | None:
    """A paper without a head names its authority above the signature, in capitals."""
    for row in reversed(sheet.rows):
        for segment in row.segments:
            text = _ON_BEHALF.sub("", segment.text)
            if _BODY.match(fold(text)) and _is_capitals(segment.pieces):
                rest = _rest_of_body(sheet, row, segment)
                return spot([*segment.pieces, *rest], row, as_written_name(" ".join([text, *(p.text for p in rest)])))
    return None


def _rest_of_body(sheet: Sheet, row: Row, segment: Segment) -> list[Piece]:
    """What a long name of an authority goes on with on the line below, centred under it and no office."""
    middle = (segment.box.left + segment.box.right) / 2
    below = sheet.rows[row.number + 1].segments if row.number + 1 < len(sheet.rows) else []
    for under in below:
        centred = abs((under.box.left + under.box.right) / 2 - middle) < CENTRED
        if centred and _is_capitals(under.pieces, 2) and not OFFICE.search(fold(under.text)):
            return under.pieces
    return []


def _left_half(row: Row) -> list[Piece]:
    """What stands left of the middle and apart from the motto on the right."""
    segments = [s for s in row.segments if (s.box.left + s.box.right) / 2 < 0.5]  # noqa: PLR2004
    if not segments and len(row.segments) == 1:
        return _before_motto(row.segments[0])
    return [piece for segment in segments for piece in _before_motto(segment)]


def _before_motto(segment: Segment) -> list[Piece]:
    """A line that a reader ran together with the motto is cut where the motto begins."""
    words = [fold(piece.text) for piece in segment.pieces]
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if (word, after[:2]) == ("cong", "ho") or (word, after) == ("doc", "lap"):
            return segment.pieces[:at]
    return segment.pieces if (segment.box.left + segment.box.right) / 2 < 0.5 else []  # noqa: PLR2004


def _is_capitals(pieces: list[Piece], fewest: int = 4) -> bool:
    letters = [char for piece in pieces for char in piece.text if char.isalpha()]
    return len(letters) >= fewest and sum(char.isupper() for char in letters) > 0.75 * len(letters)


def _is_stamp(text: str) -> bool:
    """Incoming stamps and gazette heads are not the authority."""
    return bool(re.search(r"^(cong bao|den|so den|cong van den|hoa toc|khan|mat|cong thong tin|van ban ky)\b", text))


def _dates(kind: PaperKind, top: list[Row], sheet: Sheet) -> dict[str, Found | None]:
    """The date under the motto, or else the last wordy date of the paper (before the signature)."""
    if kind is PaperKind.OTHER and (passed := _passed_on(sheet)):
        return {"issue_date": passed}
    name = (
        "document_date"
        if any(part in kind.value for part in _FORMS) and kind is not PaperKind.OFFICIAL_LETTER
        else "issue_date"
    )
    for row in top:
        if match := _DATE.search(row.text):
            before = fold(row.text[: match.start()])
            if len(before.split()) < 14 and "can cu" not in before and not _OF_AN_EVENT.search(before):  # noqa: PLR2004
                return {name: _date_spot(row, match.group())}
    for row in reversed(sheet.rows):
        match = _DATE.search(row.text)
        before = fold(row.text[: match.start()]) if match else ""
        if match and not _OF_AN_EVENT.search(before) and not _OF_ANOTHER.search(before):
            return {name: _date_spot(row, match.group())}
    return {}


def _passed_on(sheet: Sheet) -> Found | None:
    """A law is dated by the day the National Assembly passed it, said at its end."""
    if not any(re.match(r"luat so\b|luat$", fold(s.text)) for row in sheet.rows[:12] for s in row.segments):
        return None
    for row in reversed(sheet.rows):
        if match := _PASSED.search(row.text):
            return _date_spot(row, match[1])
        before = sheet.rows[row.number - 1].text if row.number else ""
        if match := _PASSED.search(f"{before} {row.text}"):
            return _date_spot(row, match[1])
    return None


def _date_spot(row: Row, text: str) -> Found | None:
    if read_date(text) is None:
        return None
    pieces = [piece for segment in row.segments for piece in segment.pieces]
    at = next((n for n, piece in enumerate(pieces) if re.match(r"n[gq]\S{0,2}", fold(piece.text))), 0)
    return spot(pieces[at:] or pieces, row, text)


def _subject(kind: PaperKind, sheet: Sheet) -> dict[str, Found | None]:
    if kind not in _GIVEN_ON_DATE and kind is not PaperKind.FREE_FORM_PETITION:
        return {}
    found, loai = find_subject(sheet, spot)
    spots: dict[str, Found | None] = {"subject": found}
    if kind is PaperKind.OTHER and loai is not None:
        spots["document_type"] = loai
    return spots
