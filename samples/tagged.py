"""Pages as OCR would read them, each word with the field whose value it is part of: what a labeller learns from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from samples.compose import compose_paper
from samples.layout import layouts_of
from samples.lessons import join_columns, retitle, spoil_letter, word_of
from samples.mutate import mutate_layout
from samples.people import TO_ASCII
from samples.sheet import Run, Sheet
from samples.stories import tell_single
from services.classify.evidence import titles_of
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.dossier.page import Line, Page, TextSource, Word

KINDS = tuple(kind for kind in PaperKind if FIELDS_OF[kind] and kind not in {PaperKind.OTHER, PaperKind.UNREADABLE})
MUTATED = 0.85


@dataclass(frozen=True, slots=True)
class TaggedPaper:
    """The pages of one paper and, for each word as `(document, page, line, word)`, the field it belongs to."""

    kind: PaperKind
    pages: tuple[Page, ...]
    tags: dict[tuple[int, int, int, int], str]


def draw_tagged(split: str, seed: int, count: int, *, mutated: bool = True) -> Iterator[TaggedPaper]:
    """`count` papers of every kind that has fields, kinds in turn; a seed gives the same.

    `mutated`: most of them ask in other words and another order than their layout does.
    """
    for number in range(count):
        for kind in KINDS:
            rng = Random(f"tagged/{split}/{seed}/{kind}/{number}")
            facts = tell_single(rng, kind)
            layout = rng.choice(layouts_of(kind, split, facts.get("_about", "")))
            if rng.random() < MUTATED and mutated:
                layout = mutate_layout(layout, rng)
            if rng.random() < 0.2 and (titles := titles_of(kind)) and not facts.get("_swap"):
                layout = retitle(layout, rng.choice(titles))
            yield _tagged(kind, compose_paper(layout, facts, rng, split).sheets, rng)


def _tagged(kind: PaperKind, sheets: list[Sheet], rng: Random) -> TaggedPaper:
    badness = rng.choice((0.0, 0.0, 0.01, 0.02, 0.05))
    known = FIELDS_OF[kind]
    pages: list[Page] = []
    tags: dict[tuple[int, int, int, int], str] = {}
    for number, sheet in enumerate(sheets, 1):
        width, height = sheet.size
        rows: list[list[Run]] = [line for line in sheet.lines if line]
        if rng.random() < 0.5:
            rows.sort(key=lambda line: round(line[0].y))
            rows = join_columns(rows)
        lines: list[Line] = []
        for at, row in enumerate(rows):
            words: list[Word] = []
            bare = rng.random() < badness * 2
            for run in row:
                word = _read(word_of(run, width, height), badness, rng, bare=bare)
                if word.text.strip() and rng.random() >= badness * 0.3:
                    if run.field in known:
                        tags[1, number, len(lines), len(words)] = run.field
                    words.append(word)
            if words:
                lines.append(Line(tuple(words), at))
        pages.append(Page(number, int(width), int(height), tuple(lines), TextSource.OCR, "tagged"))
    return TaggedPaper(kind, tuple(pages), tags)


def _read(word: Word, badness: float, rng: Random, *, bare: bool) -> Word:
    text = "".join(spoil_letter(letter, badness, rng) for letter in word.text)
    return replace(word, text=text.translate(TO_ASCII) if bare else text)
