"""`motcua train --labels`: learns the labeller anew and keeps it where it names more words rightly than the old one."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any

import numpy as np

from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Page
from services.evaluation.field_figures import same_exactly
from services.extract.candidates import normalise
from services.extract.labelled import CONCEPTS, PARTIES, asked_of
from services.extract.labeller import Labeller, pack, shipped_labeller, unpack
from services.extract.learn_labels import TaggedLesson, Tags, learn_labels, make_tagged_lesson
from services.stack.running import settings_here
from services.storage.confirmations import Confirmation, all_confirmations
from services.storage.database import connect
from services.storage.models import SHIPPED, ModelShelf
from services.storage.papers import read_documents, read_papers

FROZEN_SEED, FROZEN_PAPERS = 3, 8
ROUNDS = 9
Figures = dict[str, float]


def train_labeller(
    papers: int, seed: int, *, confirmed: bool, shelf: ModelShelf | None
) -> tuple[Labeller, dict[str, Any]]:
    """A new labeller and what was measured of it and of the old one, on layouts that trained neither."""
    drawn = import_module("samples.tagged")
    lessons = list(_lessons(drawn.draw_tagged("train", seed, papers)))
    extra = list(_confirmed()) if confirmed else []
    model = unpack(pack(learn_labels([*lessons, *extra], ROUNDS)))
    old = _old(shelf)
    sets = {
        split: list(_lessons(drawn.draw_tagged(split, FROZEN_SEED, FROZEN_PAPERS, mutated=False)))
        for split in ("eval", "wild")
    }
    new = {split: measure_words(model, frozen) for split, frozen in sets.items()}
    before = {split: measure_words(old, frozen) for split, frozen in sets.items()} if old else None
    better = before is None or _mean(new) > _mean(before)
    return model, {
        "new": new, "old": before, "better": better, "papers": papers, "seed": seed, "confirmed": len(extra),
        "macro_f1": {"new": _mean(new), "old": _mean(before) if before else 0.0},
    }  # fmt: skip


def _mean(figures: dict[str, Figures]) -> float:
    return round(sum(one["f1"] for one in figures.values()) / len(figures), 4)


def measure_words(model: Labeller, lessons: Sequence[TaggedLesson]) -> Figures:
    """Words of values that were given their very field: precision, recall, F1."""
    right = said = true = 0
    for lesson in lessons:
        asked = asked_of(lesson.kind)
        none = len(asked.fields)
        truth = np.full(len(lesson.what), none)
        for at, (party, concept) in enumerate(zip(asked.parties, asked.concepts, strict=True)):
            truth[(lesson.what == concept) & (lesson.whose == party)] = at
        best = model.judge(lesson.tokens, lesson.kind).argmax(axis=1)
        right += int(((best == truth) & (truth < none)).sum())
        said += int((best < none).sum())
        true += int((truth < none).sum())
    precision, recall = right / max(said, 1), right / max(true, 1)
    return {
        "precision": round(precision, 4), "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4), "words": true,
    }  # fmt: skip


def _lessons(drawn: Any) -> Iterator[TaggedLesson]:  # noqa: ANN401 - the generator lies outside the package
    for paper in drawn:
        if lesson := make_tagged_lesson(paper.kind, paper.pages, paper.tags):
            yield lesson


def _old(shelf: ModelShelf | None) -> Labeller | None:
    """The labeller in use; None where none ships yet or it was made for another release."""
    try:
        number = shelf.in_use() if shelf else SHIPPED
        return unpack(shelf.model(number)) if shelf and number != SHIPPED else shipped_labeller()
    except (ValueError, FileNotFoundError):
        return None


def _confirmed() -> Iterator[TaggedLesson]:
    """Papers on which officers said of fields what they are; words of which nobody spoke teach nothing."""
    with connect(settings_here().database_url) as connection:
        rows = sorted(all_confirmations(connection), key=lambda row: (row.dossier_id, row.paper))
        for (dossier, number), said in groupby(rows, key=lambda row: (row.dossier_id, row.paper)):
            paper = next((read.paper for read in read_papers(connection, dossier) if read.paper.number == number), None)
            if paper is None or paper.kind in {None, PaperKind.OTHER, PaperKind.UNREADABLE}:
                continue
            wanted = {(ref.document, ref.page) for ref in paper.pages}
            documents = read_documents(connection, dossier)
            pages = [page for one in documents for page in one.pages if (page.document, page.number) in wanted]
            lesson = make_tagged_lesson(paper.kind or PaperKind.OTHER, pages, tags_of(pages, list(said)), whole=False)
            if lesson:
                yield lesson


def tags_of(pages: Sequence[Page], said: Sequence[Confirmation]) -> Tags:
    """The words in the box of each confirmed field, where they are the value that the officer saw."""
    tags: dict[tuple[int, int, int, int], str] = {}
    for row in said:
        page = next((one for one in pages if (one.document, one.number) == (row.document, row.page)), None)
        if page is None or row.box is None:
            continue
        inside = [
            (at, place, word.text)
            for at, line in enumerate(page.lines)
            for place, word in enumerate(line.words)
            if _holds(Box(*row.box), word.box)
        ]
        value = normalise(row.name, " ".join(text for _, _, text in inside))
        if value is not None and same_exactly(value, row.value):
            tags |= {(page.document, page.number, at, place): row.name for at, place, _ in inside}
    return tags


def _holds(box: Box, word: Box) -> bool:
    middle, height = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= middle <= box.right and box.top <= height <= box.bottom


def write_labels_card(outcome: dict[str, Any], day: str) -> str:
    """The card in Markdown."""
    extra = f" and {outcome['confirmed']} papers of which officers confirmed fields" if outcome["confirmed"] else ""
    rows = []
    for split, said in (("eval", "other layouts, wordings and typefaces"), ("wild", "forms as nobody prints them")):
        for name in ("precision", "recall", "f1"):
            new, old = outcome["new"][split], (outcome["old"] or {}).get(split)
            rows.append(f"| {said}, {name} | {new[name]:.4f} of {new['words']} words | {old[name]:.4f} |" if old
                        else f"| {said}, {name} | {new[name]:.4f} of {new['words']} words | – |")  # fmt: skip
    return _CARD.format(
        **outcome, extra=extra, day=day, parties=len(PARTIES), concepts=len(CONCEPTS), rows="\n".join(rows)
    )


_CARD = """# Labeller

Says of each word of a paper what value it is part of, for fields that no rule fills: {concepts} concepts and {parties}
persons, from hashed words, their shapes, what stands before, behind, above and at the head of the row and the column,
the place on the page and the kind of paper; two hidden layers of 128. Made on {day} by

    motcua train --labels --papers {papers} --seed {seed}

**Learned from** generated papers of the training layouts ({papers} of each kind; in most of them fields are asked for
in other words, in another order, in tables or in running text, and the slips of OCR are made on the words){extra}.
**Measured on** words of generated papers of layouts and wordings that training never saw. It has never seen a real
citizen's paper unless officers confirmed some. Its values stop below what is taken without a person.

| figure | this model | the one before |
| --- | --- | --- |
{rows}
"""
