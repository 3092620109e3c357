"""Draws stories into folders: the files as an officer receives them, and `truth.json` beside them."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from samples.compose import Paper, compose_paper
from samples.degrade import degrade
from samples.layout import layouts_of
from samples.paint import paint_sheet
from samples.print_pdf import write_pdf, write_scan_pdf
from samples.stories import Facts, Story, tell_story

SPLIT = "demo"
DPI = 150
QUALITY = 60
CARD = "citizen_id_front"
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
            papers.append({"kind": paper.kind, "pages": numbers, "fields": paper.fields})
        return {"file": self.file, "pages": pages, "papers": papers, "degradation": self.degradation}


def draw_dossiers(out: Path, seed: int, count: int) -> list[Path]:
    """Writes `count` dossiers below `out`, which is emptied of earlier ones; returns their folders."""
    for old in out.glob("dossier-*/truth.json"):
        shutil.rmtree(old.parent)
    return [draw_dossier(out / f"dossier-{number + 1:02d}", seed, number) for number in range(count)]


def draw_dossier(folder: Path, seed: int, number: int) -> Path:
    """One dossier; it depends on `seed` and `number` only, so that more of them change none."""
    rng = Random(f"{seed}/{number}")
    story = tell_story(rng, number)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [draw_file(folder, place, papers, rng) for place, papers in enumerate(share_out(story, rng), 1)]
    truth = {
        "procedure": story.procedure,
        "seed": f"{seed}/{number}",
        "documents": [file.truth() for file in drawn],
        "missing": list(story.missing),
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    return folder


def share_out(story: Story, rng: Random) -> list[list[tuple[str, Facts]]]:
    """Which papers share a file: mostly each has its own, sometimes one scan holds all."""
    if len(story.papers) > 1 and rng.random() < 0.2:
        return [list(story.papers)]
    return [[paper] for paper in story.papers]


def draw_file(folder: Path, place: int, papers: list[tuple[str, Facts]], rng: Random) -> Drawn:
    """Composes the papers of one file and writes it in the form that chance picks for it."""
    form = pick_form(papers, rng)
    composed = tuple(
        compose_paper(rng.choice(layouts_of(kind, SPLIT)), facts, rng, SPLIT, pdf=form == "digital")
        for kind, facts in papers
    )
    sheets = [sheet for paper in composed for sheet in paper.sheets]
    if form == "digital":
        write_pdf(sheets, folder / f"{place}.pdf")
        return Drawn(f"{place}.pdf", composed, form)
    images = [degrade(paint_sheet(sheet, DPI, rng), form, rng) for sheet in sheets]
    return Drawn(write_images(folder, place, images, form), composed, form)


def pick_form(papers: list[tuple[str, Facts]], rng: Random) -> str:
    """Several papers in a file are a scan; a card is never a digital document."""
    if len(papers) > 1:
        return rng.choice(("scan", "grey", "copy"))
    kinds = {kind for kind, _ in papers}
    choices = [(form, weight) for form, weight in FORMS if form != "digital" or CARD not in kinds]
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
