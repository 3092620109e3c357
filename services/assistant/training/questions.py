"""The questions the ranker learns from: every phrase and every name, dressed and typed in a drawn style."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from services.assistant.index_build import short_name
from services.assistant.training.styles import Style, dress, write_in
from services.assistant.words import Phrase
from services.catalogue.national import National
from services.catalogue.procedure import Level

RIGHT, NEARLY = 2, 1
"""Grades: the procedure meant, and one of the same name at a level less often meant."""

_LEVEL_WORDS = re.compile(
    r"\s*\(?\s*(?:thực hiện )?(?:tại|ở|thuộc)?\s*cấp (?:trung ương|tỉnh|tinh|xã|bộ|tw|huyện)[^)]*\)?", re.IGNORECASE
)
_CUTS = re.compile(r"\s*(?:[;(]|đối với|thuộc thẩm quyền|thuộc phạm vi|theo quy định|trong trường hợp|, trừ |/)")
_PLAINER = (
    ("Cấp lại", ("xin cấp lại", "làm lại", "mất xin lại", "bị mất")),
    ("Cấp đổi", ("xin đổi", "đổi")),
    ("Gia hạn", ("xin gia hạn", "gia hạn thêm", "hết hạn xin gia hạn")),
    ("Cấp mới", ("xin cấp", "làm mới")),
    ("Cấp", ("xin cấp", "xin", "làm", "cấp")),
    ("Giấy chứng nhận", ("giấy", "giấy chứng nhận", "chứng nhận")),
    ("Chấm dứt hoạt động", ("đóng cửa", "ngừng hoạt động", "chấm dứt hoạt động")),
    ("Thành lập", ("mở", "thành lập", "lập")),
    ("Thay đổi", ("đổi", "sửa", "thay đổi")),
    ("Đăng ký", ("đăng ký", "đăng kí", "làm đăng ký")),
    ("tàu bay", ("máy bay", "tàu bay")),
    ("quyền sử dụng đất", ("quyền sử dụng đất", "đất")),
    ("Giải quyết hưởng", ("hưởng", "xin hưởng")),
    ("Thu hồi", ("thu hồi", "nộp lại", "trả lại")),
    ("giấy phép", ("giấy phép", "phép")),
    ("Xóa đăng ký", ("xóa", "hủy đăng ký", "xóa đăng ký")),
    ("đủ điều kiện", ("đủ điều kiện", "")),
    ("Phê duyệt", ("phê duyệt", "duyệt", "xin duyệt")),
    ("Tổ chức", ("tổ chức", "")),
    ("thực hiện", ("", "thực hiện")),
    ("doanh nghiệp", ("công ty", "doanh nghiệp")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to learn from: `grades` by code; `hidden`: the phrase it was made of, or None for a name."""

    text: str
    grades: Mapping[str, int]
    hidden: int | None
    style: Style
    weight: float = 1.0


def ask_by_phrases(phrases: tuple[Phrase, ...]) -> Iterator[Asked]:
    """Every phrase twice, dressed alike: plainly, and in a drawn style. What is drawn depends on the phrase alone."""
    meant: dict[str, dict[str, int]] = defaultdict(dict)
    for phrase in phrases:
        meant[phrase.text][phrase.code] = RIGHT
    for at, phrase in enumerate(phrases):
        chance = Random(phrase.text)
        text = dress(phrase.text, chance, english=phrase.english)
        yield Asked(text, meant[phrase.text], at, Style.PLAIN, 2.0)
        style = Style.SLOPPY if phrase.english else chance.choice(tuple(Style)[1:])
        yield Asked(write_in(style, text, chance), meant[phrase.text], at, style, 2.0)


def ask_by_names(national: National, times: int = 1) -> Iterator[Asked]:
    """Every name, shortened and reworded as people would."""
    siblings = _siblings_of(national)
    for code in national.codes:
        found = national.find(code)
        if found is None:
            continue
        chance = Random(code)
        name = short_name(found.procedure.name_vi)
        bare = _LEVEL_WORDS.sub("", name)
        for _ in range(times):
            keeps_level = name != bare and chance.random() < 0.3
            text = _reword(name if keeps_level else bare, chance)
            style = chance.choice((Style.PLAIN, Style.PLAIN, Style.BARE, Style.TYPO, Style.SLOPPY))
            grades = {code: RIGHT} if keeps_level else siblings[code]
            yield Asked(write_in(style, dress(text, chance), chance), grades, None, style)


def _siblings_of(national: National) -> dict[str, dict[str, int]]:
    """For each code, the codes of the same name at any level; the level nearest to the citizen is the right one."""
    order = {Level.COMMUNE: 0, Level.PROVINCE: 1, Level.MINISTRY: 2, Level.OTHER: 3}
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    keys = {}
    for code in national.codes:
        found = national.find(code)
        if found is not None:
            keys[code] = _LEVEL_WORDS.sub("", short_name(found.procedure.name_vi)).lower().strip(" .")
            groups[keys[code]].append((order[found.procedure.level], code))
    graded = {}
    for key, members in groups.items():
        nearest = min(members)[0]
        graded[key] = {code: RIGHT if level == nearest else NEARLY for level, code in members}
    return {code: graded[key] for code, key in keys.items()}


def _reword(name: str, chance: Random) -> str:
    text = name
    cut = _CUTS.search(text, 14)
    if cut and chance.random() < 0.6:
        text = text[: cut.start()]
    for official, plainer in _PLAINER:
        if chance.random() < 0.6:
            text = re.sub(re.escape(official), chance.choice(plainer), text, count=1, flags=re.IGNORECASE)
    words = text.split()[:30]
    share = chance.choice((0.0, 0.1, 0.2, 0.3))
    kept = [word for word in words if len(words) < 5 or chance.random() >= share]
    return " ".join(kept).lower() if chance.random() < 0.7 else " ".join(kept)
