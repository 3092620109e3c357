"""Pages as OCR would read them, each with its kind, straight from composed sheets: what a classifier learns from.

No pixel is drawn: the slips of scanning and reading (letters, marks, blanks, lost lines, joined columns) are made on
the words, so a thousand pages take a minute.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from samples.compose import compose_paper
from samples.layout import Layout, layouts_of
from samples.people import TO_ASCII
from samples.sheet import Run, Sheet
from samples.stories import tell_single, tell_story
from services.catalogue.national import load_national
from services.classify.evidence import find_titles, titles_of
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Line, Page, TextSource, Word

KINDS = tuple(kind for kind in PaperKind if kind is not PaperKind.UNREADABLE)
LOOKALIKES = {
    "l": "1iI", "i": "lí1", "o": "0a", "0": "O", "a": "o", "e": "c", "c": "e", "n": "m", "m": "n", "u": "v", "h": "b",
    "g": "q", "t": "f", "r": "n", "đ": "d", "Đ": "D", "y": "v", "s": "5", "I": "1l", "O": "0Q", "H": "N", "N": "M",
    "T": "7", "K": "X",
}  # fmt: skip
OPENERS = ("Tờ khai", "Đơn", "Giấy", "Phiếu", "Biên bản", "Bản", "Văn bản", "Danh sách", "Báo cáo", "Sơ yếu",
           "Hợp đồng", "Thông báo", "Hồ sơ")  # fmt: skip
FREE = ("Đơn xin", "Đơn trình", "Đơn kiến nghị", "Đơn khiếu nại", "Đơn tố cáo", "Đơn phản ánh", "Đơn yêu cầu")


BLANK = 0.06  # share of forms that nobody has filled in


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page with its kind and the name of the layout it was set from."""

    page: Page
    kind: PaperKind
    layout: str


def draw_lessons(split: str, seed: int, count: int) -> Iterator[Lesson]:
    """`count` papers of every kind (of no known kind twice as many), a lesson a page; a seed gives the same."""
    for kind in KINDS:
        for number in range(count * (2 if kind is PaperKind.OTHER else 1)):
            rng = Random(f"lesson/{split}/{seed}/{kind}/{number}")
            layout, sheets = draw_sheets(rng, kind, split)
            for sheet in sheets:
                yield Lesson(spoil_page(page_of(sheet, rng), rng), kind, layout)


def draw_sheets(rng: Random, kind: PaperKind, split: str) -> tuple[str, Sequence[Sheet]]:
    """The layout's name and the sheets of one paper; in a part of them another title of the same kind."""
    facts = tell_single(rng, kind)
    layout = rng.choice(layouts_of(kind, split, facts.get("_about", "")))
    if rng.random() < BLANK:
        facts = {name: "" if name[0] != "_" else value for name, value in facts.items()}
    if kind is PaperKind.OTHER and rng.random() < 0.7:
        layout = retitle(layout, rng.choice(other_titles(split)))
    elif rng.random() < 0.3 and (titles := titles_of(kind)) and not facts.get("_swap"):
        layout = retitle(layout, rng.choice(titles))
    return layout.name, compose_paper(layout, facts, rng, split).sheets


def retitle(layout: Layout, title: str) -> Layout:
    """The layout with its title replaced; one without a title stays."""
    lines = tuple(f"@title {title.upper()}" if line.startswith("@title") else line for line in layout.lines)
    return replace(layout, lines=lines)


@cache
def other_titles(split: str) -> tuple[str, ...]:
    """Names of papers in the national catalogue that are none of the known kinds; each split has its own half."""
    national = load_national()
    rows = (national.find(code) for code in national.codes)
    names = {paper.name for row in rows if row for paper in row.procedure.papers if not paper.kinds}
    half = "eval" if split in {"eval", "wild"} else "train"
    return tuple(sorted(name for name in names if half_of(name) == half and is_other(name)))


def half_of(name: str) -> str:
    """One of three names is for measuring."""
    return "eval" if hashlib.sha256(name.encode()).digest()[0] % 3 == 0 else "train"


def is_other(name: str) -> bool:
    """A name that stands over a paper, and over none of a known kind."""
    if not 8 < len(name) < 110 or not name.startswith(OPENERS) or name.startswith(FREE):
        return False
    page = Page(1, 595, 842, (line_of(name.upper(), 0.2),), TextSource.OCR, "lesson")
    return all(title.kind is PaperKind.OTHER for title in find_titles(page))


def line_of(text: str, top: float) -> Line:
    """Words side by side at a height."""
    words = text.split()
    return Line(tuple(Word(w, Box(n / len(words), top, (n + 1) / len(words), top + 0.015), 0.9)
                      for n, w in enumerate(words)))  # fmt: skip


def page_of(sheet: Sheet, rng: Random) -> Page:
    """A sheet as a reader without slips gives it; in half of them columns side by side are one line."""
    width, height = sheet.size
    rows: list[list[Run]] = [line for line in sheet.lines if line]
    if rng.random() < 0.5:
        rows.sort(key=lambda line: round(line[0].y))
        rows = join_columns(rows)
    lines = tuple(Line(tuple(word_of(run, width, height) for run in row if run.text.strip()), number)
                  for number, row in enumerate(rows))  # fmt: skip
    return Page(1, int(width), int(height), tuple(line for line in lines if line.words), TextSource.OCR, "lesson")


def join_columns(rows: list[list[Run]]) -> list[list[Run]]:
    """Lines on one height as one line."""
    joined: list[list[Run]] = []
    for row in rows:
        if joined and abs(joined[-1][0].y - row[0].y) < 2:
            joined[-1] = sorted([*joined[-1], *row], key=lambda run: run.x)
        else:
            joined.append(list(row))
    return joined


def word_of(run: Run, width: float, height: float) -> Word:
    """A run as a word of a page."""
    top, bottom = (run.y - run.size * 0.8) / height, (run.y + run.size * 0.2) / height
    return Word(run.text, Box(run.x / width, max(top, 0), (run.x + run.width) / width, min(bottom, 1)), 0.9)


def spoil_page(page: Page, rng: Random) -> Page:
    """The page as a bad copy is read: how bad is drawn once a page."""
    badness = rng.choice((0.0, 0.0, 0.01, 0.02, 0.04, 0.08))
    lost, cut = rng.choice((0, 0, 0, 0.1, 0.3)), rng.choice((*[0.0] * 11, 0.12, 0.2))
    lines = [spoil_line(line, badness, rng) for line in page.lines if line.box.top >= cut and rng.random() >= lost]
    if rng.random() < 0.05:
        rng.shuffle(lines)
    return replace(page, lines=tuple(line for line in lines if line.words))


def spoil_line(line: Line, badness: float, rng: Random) -> Line:
    """Letters mistaken, marks lost, blanks lost, words lost."""
    words: list[Word] = []
    bare = rng.random() < badness * 2
    for word in line.words:
        if rng.random() < badness * 0.5:
            continue
        text = "".join(spoil_letter(letter, badness, rng) for letter in word.text)
        text = text.translate(TO_ASCII) if bare else text
        if words and rng.random() < badness:
            words[-1] = Word(words[-1].text + text, words[-1].box.united(word.box), 0.6)
        elif text:
            words.append(Word(text, word.box, 0.6))
    return Line(tuple(words), line.block)


def spoil_letter(letter: str, badness: float, rng: Random) -> str:
    """A letter, or what it is taken for."""
    chance = rng.random()
    if chance < badness * 0.5:
        return rng.choice(LOOKALIKES.get(letter, "") or letter.translate(TO_ASCII))
    if chance < badness * 0.8:
        return letter.translate(TO_ASCII)
    return "" if chance < badness else letter


@dataclass(frozen=True, slots=True)
class DossierLesson:
    """A dossier as OCR would read it, with its procedure and the applicant's words."""

    documents: tuple[Document, ...]
    procedure: str
    words: str


def draw_dossier_lessons(split: str, seed: int, count: int) -> Iterator[DossierLesson]:
    """`count` dossiers, procedures in turn; a paper a document."""
    for number in range(count):
        rng = Random(f"dossier/{split}/{seed}/{number}")
        story = tell_story(rng, number)
        documents = []
        for place, told in enumerate(story.papers, 1):
            layout = rng.choice(layouts_of(told.kind, split, told.facts.get("_about", "")))
            sheets = compose_paper(layout, told.facts, rng, split).sheets
            pages = tuple(
                replace(spoil_page(page_of(sheet, rng), rng), number=at, document=place)
                for at, sheet in enumerate(sheets, 1)
            )
            documents.append(Document(place, f"{place}.jpg", pages))
        yield DossierLesson(tuple(documents), story.procedure, story.words)


def draw_national_lessons(split: str, seed: int, count: int) -> Iterator[DossierLesson]:
    """`count` dossiers of procedures that nobody has curated: a form under its printed name, half with words."""
    national = load_national()
    rows = [
        row for code in national.codes if half_of(code) == split and (row := national.find(code)) and not row.curated
    ]
    rng = Random(f"national/{split}/{seed}")
    for row in rng.sample(rows, count):
        names = [paper.name for paper in row.procedure.papers if is_other(paper.name)]
        facts = tell_single(rng, PaperKind.OTHER)
        layout = rng.choice(layouts_of(PaperKind.OTHER, split))
        sheets = compose_paper(retitle(layout, names[0]), facts, rng, split).sheets if names else []
        pages = tuple(replace(spoil_page(page_of(sheet, rng), rng), number=at) for at, sheet in enumerate(sheets, 1))
        said = [word for word in row.procedure.name_vi.split() if rng.random() < 0.7]
        words = " ".join(said) if rng.random() < 0.5 or not pages else ""
        yield DossierLesson((Document(1, "1.jpg", pages),) if pages else (), row.procedure.code, words)
