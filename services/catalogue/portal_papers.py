"""The list of papers of a portal page, flattened: `--Tên giấy tờMẫu đơn, tờ khaiSố lượng` + name + form + number."""

import re

from services.catalogue.paper_words import find_condition, find_kinds, is_presented
from services.catalogue.procedure import CopyKind, RequiredPaper

_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
# the number is glued to what stands before it; "nộp 01 bản chính" inside a sentence is not
_NUMBER = re.compile(
    r"(\d) bản chính,\s*(\d+) bản sao|(?<![\s(]\d)(?<![\s(])(\d) bản chính|(?<![\s(]\d)(?<![\s(])(\d) bản sao"
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|rar|zip)$", re.IGNORECASE)
_SHORTEST = 4


def parse_papers(text: str) -> tuple[RequiredPaper, ...]:
    """The papers of all groups, in order.

    A group with a heading is one case among several: its papers are conditional. A line of no original and no copy is
    a remark, not a paper.
    """
    groups = text.split(_HEADER)
    papers: list[RequiredPaper] = []
    heading = groups[0]
    for group in groups[1:]:
        found, rest = _parse_group(group, _is_case(heading))
        papers += found
        heading = rest
    return tuple(dict.fromkeys(papers))


def _is_case(heading: str) -> bool:
    return bool(heading.strip(" -–:*+"))


def _parse_group(text: str, case: bool) -> tuple[list[RequiredPaper], str]:
    papers: list[RequiredPaper] = []
    at = 0
    for match in _NUMBER.finditer(text):
        name = text[at : match.start()]
        at = match.end()
        counted = any(int(number) for number in match.groups() if number)
        if counted and len(name.strip()) >= _SHORTEST:
            papers.append(_read_paper(name, int(match[1] or match[3] or 0), case))
    return papers, text[at:]


def _read_paper(glued: str, originals: int, case: bool) -> RequiredPaper:
    name, form = _split_form(" ".join(glued.split()))
    name = name.strip("-–+* ;")
    return RequiredPaper(
        name=name,
        kinds=find_kinds(name),
        copy=CopyKind.ORIGINAL if originals else CopyKind.COPY,
        when=find_condition(name) or ("special_case" if case else None),
        presented=is_presented(name),
        template=form,
    )


def _split_form(glued: str) -> tuple[str, str]:
    """The name and the file name of its form, which begins at the last capital glued to a word before it."""
    if not _FILE.search(glued):
        return glued, ""
    for at in range(len(glued) - 1, 0, -1):
        before = glued[at - 1]
        ended = before in ")”" or before.islower() or (before in ".;" and glued[at - 2 : at - 1].islower())
        if glued[at].isupper() and ended:
            return glued[:at], glued[at:]
    return glued, ""
