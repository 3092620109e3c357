"""Pages whose text is known, found in a folder. Four formats are understood, mixed as they come:

1. samples: any `truth.json` with `documents: [{file, pages: [text], degradation}]`, files beside it; whole pages, in
   natural reading order; the kind of a page is its `degradation`.
2. scans: `gt/<name>/page_NNN.txt` with `pdf/<name>.pdf`; `gt/good_pages.json` `{name: [page]}` names the pages to use
   (all where it is missing). Such a text comes from an official edition, so headings, page numbers, banners and stamps
   of the picture may be missing in it: only its paragraphs are looked for (`whole` is False). Kind `real`.
3. layers: `text/<name>/page_NNN.txt` with `pdf/<name>.pdf`, the words of born-digital pages, to be read with
   `--pictures`; kind `layer`.
4. pairs: `X.txt` beside `X.pdf|png|jpg|jpeg|tif|tiff|webp` (pages parted by a form feed), kind `pair`; whole pages.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page (from 1) of a file, what is printed on it, and whether the text is the whole page in reading order."""

    file: Path
    number: int
    text: str
    kind: str
    whole: bool = True


def find_pages(folder: Path) -> list[TruePage]:
    """Every page with truth in the folder and below, in a fixed order."""
    found = [*_samples(folder), *_scans(folder), *_layers(folder), *_pairs(folder)]
    return [page for page in found if page.text.strip()]


def mix(pages: list[TruePage], most: int) -> list[TruePage]:
    """At most that many pages, kinds taking turns and files spread evenly within a kind."""
    kinds: dict[str, list[TruePage]] = {}
    for page in pages:
        kinds.setdefault(page.kind, []).append(page)
    quota = most / max(len(kinds), 1)
    spread = [found[:: max(1, int(len(found) / quota))] for found in kinds.values()]
    turns = [page for turn in zip_longest(*spread) for page in turn if page is not None]
    return turns[:most]


def _samples(folder: Path) -> Iterator[TruePage]:
    for truth in sorted(folder.rglob("truth.json")):
        for document in json.loads(truth.read_text(encoding="utf-8")).get("documents", ()):
            for number, text in enumerate(document["pages"], 1):
                yield TruePage(truth.parent / document["file"], number, text, document.get("degradation", "sample"))


def _scans(folder: Path) -> Iterator[TruePage]:
    for gt in sorted(path for path in (folder / "gt", *folder.rglob("*/gt")) if path.is_dir()):
        good_file = gt / "good_pages.json"
        good = json.loads(good_file.read_text(encoding="utf-8")) if good_file.is_file() else None
        for text in sorted(gt.glob("*/page_*.txt")):
            name, number = text.parent.name, int(text.stem.removeprefix("page_"))
            pdf = gt.parent / "pdf" / f"{name}.pdf"
            if pdf.is_file() and (good is None or number in good.get(name, ())):
                yield TruePage(pdf, number, text.read_text(encoding="utf-8"), "real", whole=False)


def _layers(folder: Path) -> Iterator[TruePage]:
    for texts in sorted(path for path in (folder / "text", *folder.rglob("*/text")) if path.is_dir()):
        for text in sorted(texts.glob("*/page_*.txt")):
            pdf = texts.parent / "pdf" / f"{text.parent.name}.pdf"
            if pdf.is_file():
                number = int(text.stem.removeprefix("page_"))
                yield TruePage(pdf, number, text.read_text(encoding="utf-8"), "layer")


def _pairs(folder: Path) -> Iterator[TruePage]:
    for text in sorted(folder.rglob("*.txt")):
        for suffix in PICTURES:
            if (picture := text.with_suffix(suffix)).is_file():
                for number, page in enumerate(text.read_text(encoding="utf-8").split("\f"), 1):
                    yield TruePage(picture, number, page, "pair")
                break
