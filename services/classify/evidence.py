"""What speaks for a kind on one page: a printed title where a title stands, and phrases that only that kind has."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from services.dossier.compare import fold, squeeze
from services.dossier.kinds import PaperKind
from services.dossier.page import Line, Page

TITLE_BELOW = 0.62  # a title stands above this height (a card or a half page is all top)
SAME_LIKENESS = 0.08  # titles this much alike are told apart by which stands higher
NEAR = 86.0  # of 100: how alike a printed title must be
_AFTER_STAMP = 8  # letters
_LETTER = re.compile(r"^(v v|ve viec)\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title found on a page: its kind, the words, how alike (0-1), the line it begins in (from 0)."""

    kind: PaperKind
    text: str
    likeness: float
    line: int


@cache
def known_titles() -> tuple[tuple[str, PaperKind], ...]:
    """Squeezed titles with their kind, longest first."""
    pairs = [(squeeze(title), kind) for kind, table in _tables().items() for title in table["titles"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def titles_of(kind: PaperKind) -> tuple[str, ...]:
    """The printed titles of a kind, as a person writes them."""
    return tuple(_tables().get(kind, {}).get("titles", ()))


@cache
def known_phrases() -> dict[PaperKind, tuple[str, ...]]:
    """Squeezed phrases of each kind."""
    return {kind: tuple(squeeze(phrase) for phrase in table["phrases"]) for kind, table in _tables().items()}


@cache
def _tables() -> dict[PaperKind, dict[str, list[str]]]:
    text = files("services.classify").joinpath("titles.toml").read_text("utf-8")
    return {PaperKind(name): table for name, table in tomllib.loads(text).items()}


def find_titles(page: Page) -> list[Title]:
    """Titles in the upper part of a page, best first: one to four lines that are a known title and hardly more."""
    lines = [line for line in page.lines if line.box.top < TITLE_BELOW and line.words]
    found: list[Title] = []
    for at, line in enumerate(lines):
        text = ""
        for more in range(4):
            if at + more >= len(lines):
                break
            text += squeeze(_without_motto(lines[at + more].text))
            if not 2 < len(text) < 140:  # noqa: PLR2004 - no title is shorter or longer
                break
            best = _best_title(text, _stands_out(line))
            if best:
                words = " ".join(lines[at + step].text for step in range(more + 1))
                found.append(Title(best[0], words, best[1], at))
    highest = max((title.likeness for title in found), default=0.0)
    good = [title for title in found if title.likeness > highest - SAME_LIKENESS]
    return sorted(good, key=lambda title: (title.line, -len(squeeze(title.text))))


def _without_motto(text: str) -> str:
    return re.sub(r"(?i)cộng h[oòa]+a? x[aã] hội chủ nghĩa việt nam|độc lập\s*-\s*tự do\s*-\s*hạnh phúc", " ", text)


def _stands_out(line: Line) -> bool:
    """Capitals, as titles are set (Decree 30/2020, Appendix I); a line of running text is none."""
    letters = [char for char in line.text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.6 * max(len(letters), 1)


def _best_title(text: str, capitals: bool) -> tuple[PaperKind, float] | None:
    if capitals:
        for title, kind in _after_stamps():
            if text.endswith(title):
                return kind, 0.93  # the remains of a stamp stand before it
    best: tuple[PaperKind, float] | None = None
    for title, kind, least in _titles_near(len(text), capitals):
        likeness = fuzz.ratio(title, text, score_cutoff=least)
        if likeness >= least and (best is None or likeness / 100 > best[1]):
            best = (kind, likeness / 100)
    return best


@cache
def _after_stamps() -> tuple[tuple[str, PaperKind], ...]:
    return tuple((title, kind) for title, kind in known_titles() if len(title) >= _AFTER_STAMP)


@cache
def _titles_near(length: int, capitals: bool) -> tuple[tuple[str, PaperKind, float], ...]:
    """Titles of about so many letters with the likeness each needs; `quyết định` in small letters is none."""
    return tuple(
        (title, kind, NEAR if len(title) > 9 else 93)  # noqa: PLR2004
        for title, kind in known_titles()
        if abs(len(title) - length) <= max(2, 0.16 * len(title)) and (capitals or len(title) >= 16)  # noqa: PLR2004
    )


def count_phrases(page: Page) -> dict[PaperKind, float]:
    """For each kind how many of its phrases the page has, OCR slips allowed in long ones."""
    text = squeeze(page.text)
    counts: dict[PaperKind, float] = {}
    for kind, phrases in known_phrases().items():
        hits = sum(_has(text, phrase) for phrase in phrases)
        if hits:
            counts[kind] = hits
    return counts


def _has(text: str, phrase: str) -> float:
    if phrase in text:
        return 1.0
    if len(phrase) < 14 or len(text) < len(phrase):  # noqa: PLR2004
        return 0.0
    return 0.8 if fuzz.partial_ratio(phrase, text, score_cutoff=90) else 0.0


def looks_like_letter(page: Page) -> bool:
    """An official letter has no title: a number, `V/v` under it and an addressee."""
    folded = [fold(line.text) for line in page.lines[:24]]
    about = any(_LETTER.match(text) for text in folded)
    number = any(
        re.match(r"so\b.{0,40}\b\w+", text) and "/" in line.text for text, line in zip(folded, page.lines, strict=False)
    )
    return about and number and any("kinh gui" in text for text in folded)


def looks_like_private_letter(page: Page) -> bool:
    """A private letter greets or addresses somebody and has neither motto nor title."""
    text = fold(page.text)
    greets = re.search(
        r"\b(kinh gui|than gui|gui anh|gui chi|gui co|gui bac|kinh thua|gui em|men gui|gui ong|gui ba)\b", text
    )
    writes = re.search(
        r"\b(viet thu|la thu|thu nay|may dong|vai dong|kinh thu|nguoi viet|chuc \w+ suc khoe|thu cho)\b", text
    )
    return bool(greets and writes) and not re.search(r"cong hoa xa hoi|uy ban nhan dan.{0,60}so \d", text)


def looks_normative(page: Page) -> bool:
    """A decree, circular or law is numbered with its year: `154/2024/NĐ-CP`."""
    return any(
        re.search(r"\b\d{1,3}\s?/\s?(?:19|20)\d{2}\s?/\s?[A-ZĐ]{2,}", line.text[:60]) for line in page.lines[:12]
    )


def looks_like_zone(page: Page) -> bool:
    """Two lines of a machine-readable zone: `<<` in capitals and figures."""
    filled = sum("<<<" in line.text for line in page.lines)
    return filled > 1 or any("IDVNM" in line.text for line in page.lines)
