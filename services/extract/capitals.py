"""Names of authorities and places printed in capitals, as a person writes them (Decree 30/2020, Appendix II)."""

import re

from services.dossier.compare import fold, tidy
from services.extract.places import PROVINCES_FOLDED

_OFFICE = re.compile(r"^(GIÁM ĐỐC|HIỆU TRƯỞNG|CHỦ TỊCH|TRƯỞNG PHÒNG|CỤC TRƯỞNG|BỘ TRƯỞNG)\s+(?=\S+ \S+)")
_PROVINCES = frozenset({*PROVINCES_FOLDED, "viet nam"})
_PLACES = {"xa", "phuong", "huyen", "tinh", "quan"}
_PLACES_OF_TWO = {("khu", "vuc"), ("thanh", "pho"), ("thi", "tran"), ("thi", "xa")}
_UNITS_ABOVE = {"HUYỆN", "TỈNH"}  # as printed: `HÀ TĨNH` is a name
_FIELDS_FOLLOW = {"bo", "so", "cuc", "phong", "vien", "truong", "vu"}
_BODIES = {"uy", "so", "bo", "phong", "chi", "van", "benh", "toa", "cong", "trung", "truong"}
# after the kind of a body its field begins, and is capital: `Bệnh viện Đa khoa`, `Trung tâm Y tế`, `Văn phòng Đăng ký`
_KINDS_OF_TWO = {("benh", "vien"), ("trung", "tam"), ("chi", "cuc"), ("hoc", "vien")}
_INSTITUTIONS = {"trung", "benh", "truong", "van", "chi"}  # trung tâm, bệnh viện, trường, văn phòng, chi nhánh
# words of the names of institutions that are no names
_COMMON = frozenset(
    {
        "bao", "benh", "cao", "chi", "chinh", "chua", "chung", "co", "cong", "cua", "da", "dai", "dan", "dang",
        "dat", "duc", "giao", "hanh", "hoc", "hoi", "huyen", "kham", "khoa", "khu", "khuyet", "kiem", "ky", "mam",
        "mot", "nghe", "nghiep", "nguoi", "nhanh", "noi", "non", "pham", "pho", "phong", "phuc", "phuong", "so",
        "soat", "su", "tam", "tat", "te", "thanh", "thi", "thong", "thuoc", "thuong", "tieu", "tinh", "toc",
        "tran", "tro", "tru", "trung", "truong", "va", "van", "vien", "vu", "vuc", "xa", "xuyen", "y",
    }
)  # fmt: skip
_SHORT = {"UBND", "HĐND", "TAND", "VKSND", "BHXH", "TNHH", "THPT", "THCS", "TP", "VNPT"}


def as_written_name(text: str) -> str:
    """`BỘ CÔNG AN` as `Bộ Công an`, `ỦY BAN NHÂN DÂN XÃ YÊN TRẠCH` as `Ủy ban nhân dân xã Yên Trạch`.

    The word after `Bộ`, `Sở`, `Cục` … is capital, and every word of a place after `xã`, `huyện`, `tỉnh` … until another
    body begins; a text that is not all capitals stays as it is.
    """
    text = _OFFICE.sub("", tidy(text).strip(" .,;:-_*'\"“”|"))
    if not text.isupper():
        return text
    words = text.split(" ")
    folded = [fold(word) for word in words]
    out: list[str] = []
    place = False
    for at, word in enumerate(words):
        if place and folded[at] in _BODIES and _begins_body(folded, at):
            place = False
            out.append(word.capitalize())
        elif word.strip(".,") in _SHORT:
            out.append(word)
        elif place and at > 1 and word in _UNITS_ABOVE and at + 1 < len(words):
            out.append(word.lower())
        elif (
            at == 0
            or place
            or (folded[0] in _INSTITUTIONS and folded[at] not in _COMMON)
            or _is_capital(folded, at)
            or _in_province(folded, at)
        ):
            out.append(word.capitalize())
        else:
            out.append(word.lower())
        place = place or _is_place(folded, at)
    return " ".join(out)


def _in_province(words: list[str], at: int) -> bool:
    """The names of provinces are capital wherever they stand."""
    before, after = " ".join(words[max(at - 1, 0) : at + 1]), " ".join(words[at : at + 2])
    return before in _PROVINCES or after in _PROVINCES


def _is_capital(words: list[str], at: int) -> bool:
    """Whether a common word is capital all the same: the field of a ministry, and what `và` or a dash joins to it."""
    before = words[at - 1]
    if words[at : at + 2] == ["van", "phong"] and at > 1 and words[at - 2 : at] == ["chi", "nhanh"]:
        return True
    if words[at] in {"so", "bo", "phong"} and at > 0 and words[at - 1] not in {"van", "giao"}:
        return True
    if before in _FIELDS_FOLLOW and (at == 1 or before in {"so", "bo"}):
        return True
    if at > 1 and (words[at - 2], before) in _KINDS_OF_TWO and words[at] not in {"tinh", "xa", "phuong", "so"}:
        return True
    return before in {"", "va"} and bool(_FIELDS_FOLLOW & set(words[:at]))


def _is_place(words: list[str], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if words[at] == "xa" and after == "hoi":
        return False
    return words[at] in _PLACES or (before, words[at]) in _PLACES_OF_TWO


def _begins_body(words: list[str], at: int) -> bool:
    """`ỦY BAN`, `CÔNG AN`, `PHÒNG` … after the name of a place is the next line of the head."""
    pairs = {"uy": "ban", "cong": "an", "van": "phong", "benh": "vien", "toa": "an", "trung": "tam"}
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "chi":
        return after in {"cuc", "nhanh"}
    wanted = pairs.get(words[at], "")
    return after == wanted if wanted else at > 1
