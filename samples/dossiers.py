"""Draws stories into folders: the files as an officer receives them, and `truth.json` beside them."""

import json
import shutil
from dataclasses import dataclass
from itertools import count as counting
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from samples.clash import Clash, sort_of
from samples.compose import Paper, compose_paper
from samples.degrade import degrade
from samples.layout import layouts_of
from samples.paint import paint_sheet
from samples.print_pdf import write_pdf, write_scan_pdf
from samples.stories import Story, Told, tell_story

DPI = 150
QUALITY = 60
PICTURED = {"citizen_id_front", "citizen_id_back", "handwritten_letter"}
FORMS = (("digital", 4), ("clean", 1), ("scan", 2), ("grey", 2), ("copy", 1), ("photo", 3))


@dataclass(frozen=True)
class Drawn:
    """One written file: its name, the papers in it in page order, and what was done to its pages."""

    file: str
    papers: tuple[Paper, ...]
    degradation: str

    def truth(self) -> dict[str, Any]:
        """The entry of the file in `truth.json`; pages count from 1."""
        pages: list[str] = []
        papers: list[dict[str, Any]] = []
        for paper in self.papers:
            numbers = [len(pages) + number for number in range(1, len(paper.sheets) + 1)]
            pages += [sheet.text() for sheet in paper.sheets]
            told = {"kind": paper.kind, "pages": numbers, "layout": paper.layout, "fields": paper.fields}
            papers.append(told | ({"handwritten": True} if paper.hand else {}))
        return {"file": self.file, "pages": pages, "papers": papers, "degradation": self.degradation}


def draw_dossiers(
    out: Path, seed: int, count: int, split: str = "demo", first: int = 0, *, rich: bool = False
) -> list[Path]:
    """Writes `count` dossiers below `out`, which is emptied of earlier ones; returns their folders.

    `rich`: only those with a contradiction or a stray paper, each with the number that it has among all.
    """
    for old in out.glob("dossier-*/truth.json"):
        shutil.rmtree(old.parent)
    chosen = filter(lambda number: is_rich(seed, number, split), counting(first)) if rich else counting(first)
    numbers = islice(chosen, count)
    return [draw_dossier(out / f"dossier-{number + 1:02d}", seed, number, split) for number in numbers]


def is_rich(seed: int, number: int, split: str) -> bool:
    """Whether the story of that dossier has papers that contradict one another, or one of another person."""
    story = tell_story(_chance(seed, split, number), number)
    return story.clash is not None or any(paper.stray for paper in story.papers)


def _chance(seed: int, split: str, number: int) -> Random:
    return Random(f"{seed}/{split}/{number}")


def draw_dossier(folder: Path, seed: int, number: int, split: str = "demo") -> Path:
    """One dossier; it depends on `seed`, `split` and `number` only, so that more of them change none."""
    rng = _chance(seed, split, number)
    story = tell_story(rng, number)
    folder.mkdir(parents=True, exist_ok=True)
    shared = share_out(story, rng)
    drawn = [draw_file(folder, place, papers, rng, split) for place, papers in enumerate(shared, 1)]
    text = json.dumps(truth_of(story, drawn, shared, f"{seed}/{split}/{number}"), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    return folder


def truth_of(story: Story, drawn: list[Drawn], shared: list[list[Told]], seed: str) -> dict[str, Any]:
    """The labels of a dossier in the format of docs/evaluation.md."""
    truth: dict[str, Any] = {
        "procedure": story.procedure,
        "seed": seed,
        "documents": [file.truth() for file in drawn],
        "missing": list(story.missing),
    }
    if story.words:
        truth["words"] = story.words
    if story.clash and (values := clashing_values(story.clash, drawn)):
        truth["contradictions"] = [{"field": values[0].pop("field"), "values": values}]
    if strays := [file.file for file, papers in zip(drawn, shared, strict=True) if any(p.stray for p in papers)]:
        truth["strays"] = strays
    return truth


def clashing_values(clash: Clash, drawn: list[Drawn]) -> list[dict[str, str]]:
    """Each paper that prints the fact with what it says; nothing where fewer than both sides were printed."""
    said = [
        {"field": field, "file": file.file, "value": value}
        for file in drawn
        for paper in file.papers
        for field, value in paper.fields.items()
        if sort_of(field) == clash.sort and value in {clash.right, clash.wrong}
    ]
    if {item["value"] for item in said} != {clash.right, clash.wrong}:
        return []
    for item in said[1:]:
        del item["field"]
    return said


def share_out(story: Story, rng: Random) -> list[list[Told]]:
    """Which papers share a file: mostly each has its own, sometimes one scan holds all but a stray."""
    own = [paper for paper in story.papers if not paper.stray]
    strays = [[paper] for paper in story.papers if paper.stray]
    if len(own) > 1 and rng.random() < 0.2:
        return [own, *strays]
    return [*([paper] for paper in own), *strays]


def draw_file(folder: Path, place: int, papers: list[Told], rng: Random, split: str) -> Drawn:
    """Composes the papers of one file and writes it in the form that chance picks for it."""
    form = pick_form(papers, rng)
    composed = tuple(
        compose_paper(
            rng.choice(layouts_of(told.kind, split, told.facts.get("_about", ""))),
            told.facts,
            rng,
            split,
            pdf=form == "digital",
        )
        for told in papers
    )
    sheets = [sheet for paper in composed for sheet in paper.sheets]
    if form == "digital":
        write_pdf(sheets, folder / f"{place}.pdf")
        return Drawn(f"{place}.pdf", composed, form)
    images = [degrade(paint_sheet(sheet, DPI, rng), form, rng) for sheet in sheets]
    return Drawn(write_images(folder, place, images, form), composed, form)


def pick_form(papers: list[Told], rng: Random) -> str:
    """Several papers in a file are a scan; a card or a private letter is never a digital document."""
    if len(papers) > 1:
        return rng.choice(("scan", "grey", "copy"))
    kinds = {told.kind for told in papers}
    choices = [(form, weight) for form, weight in FORMS if form != "digital" or not PICTURED & kinds]
    return rng.choices([form for form, _ in choices], [weight for _, weight in choices])[0]


def write_images(folder: Path, place: int, images: list[Image.Image], form: str) -> str:
    """A clean page is a PNG, a single page otherwise a JPEG, several pages a scanner's PDF; returns the name."""
    if len(images) > 1:
        write_scan_pdf(images, folder / f"{place}.pdf", DPI, QUALITY)
        return f"{place}.pdf"
    if form == "clean":
        images[0].quantize(32).save(folder / f"{place}.png", optimize=True, dpi=(DPI, DPI))
        return f"{place}.png"
    images[0].save(folder / f"{place}.jpg", quality=QUALITY, dpi=(DPI, DPI))
    return f"{place}.jpg"
