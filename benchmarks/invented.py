"""Does the language model invent? `python -m benchmarks.invented FOLDER... [--pages N]` (folders as `page_truth` says).

Every page is prepared, its lines found and recognised once; the letters are then spelt with the language model and
without, all else the same. Counted is how many of the truth's dates, numbers, codes and names stand exactly in either
text, and, whatever the truth says: pages whose figures differ between the two, and words with a figure in which
anything but an accent differs. Both of the last must be 0: the model may choose accents of words and nothing else.
Lines come as they were found, without reading order, cells and the second reading of names, so the shares are lower
than what `benchmarks.reading` prints; their difference is what counts here.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measured import Measured, print_measured
from benchmarks.page_truth import TruePage, find_pages, mix
from services.evaluation.text_distance import NAME, NUMBER, fold
from services.files.limits import Limits
from services.files.sniff import media_type_of
from services.files.source import open_pages
from services.language.counts import Language, load_language
from services.ocr.allowance import Allowance
from services.ocr.detect import find_lines
from services.ocr.letters import base_letter
from services.ocr.prepare.orientation import find_orientation
from services.ocr.prepare.pictures import as_pixels
from services.ocr.prepare.prepare import prepare
from services.ocr.recognise import SeenLine, recognise_lines
from services.ocr.spell import spell_line
from services.ocr.trueocr_models import Models, find_models, load_models

DATE = re.compile(r"(?<![\w./-])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\w)")
CODE = re.compile(r"(?<![\w./-])(?=[\w./-]*\d)(?=[\w./-]*[A-ZĐ])[A-ZĐ\d][A-ZĐ\d./-]{3,}(?!\w)")
"""Letters and figures together, `12/2026/UBND-VP`, `AB 123456` written as one."""

KINDS = {"dates": DATE, "numbers": NUMBER, "codes": CODE, "names": NAME}
ALLOWED = ("pages_with_other_figures", "words_with_figures_changed")
"""What must not be: none of either is allowed."""
_LIMITS = Limits()
_PAGE_S = 120.0


def exact(truth: str, read: str) -> dict[str, tuple[int, int]]:
    """By kind: how many the truth has, and how many of them stand exactly in the reading; both folded."""
    found = {}
    for kind, pattern in KINDS.items():
        said = Counter(pattern.findall(truth))
        times = {one: len(re.findall(rf"(?<!\w){re.escape(one)}(?!\w)", read)) for one in said}
        found[kind] = said.total(), sum(min(count, times[one]) for one, count in said.items())
    return found


def changed(with_model: str, without: str) -> tuple[int, int]:
    """Whether all figures in their order differ (0 or 1), and words with a figure that differ in more than accents."""
    figures = [re.sub(r"\D", "", text) for text in (with_model, without)]
    words = [Counter(_plain(word) for word in _with_figure(text)) for text in (with_model, without)]
    return int(figures[0] != figures[1]), (words[0] - words[1]).total()


def _with_figure(text: str) -> Iterator[str]:
    # the model parts joined words, `1.Tên`, numbers from leaders too, and chooses accents beside them: none is a figure
    closed = re.sub(r"\.{2,}", " ", "".join(map(base_letter, "".join(text.split()))))
    return (match.group() for match in re.finditer(r"[A-ZĐ\d./-]*\d[A-ZĐ\d./-]*", closed))


def _plain(word: str) -> str:
    return "".join(map(base_letter, word.strip("./-")))


def texts_of(lines: Sequence[SeenLine], language: Language) -> tuple[str, str]:
    """The lines of a page spelt with the language model and without it."""
    both = [
        "\n".join(" ".join(word.text for word in spell_line(line.letters, model)) for line in lines)
        for model in (language, None)
    ]
    return both[0], both[1]


def read_lines(page: TruePage, models: Models) -> list[SeenLine]:
    """The letters of a page as the recogniser saw them."""
    with open_pages(page.file, media_type_of(page.file), _LIMITS) as source:
        image = prepare(as_pixels(source.image(page.number)), find_orientation()).image
    return recognise_lines(image, find_lines(image, models.detector), models, Allowance(_PAGE_S))


def run(arguments: Sequence[str] = ()) -> Measured:
    """Read every page once, spell it twice."""
    parser = argparse.ArgumentParser("invented", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=100, help="at most so many, kinds taking turns")
    chosen = parser.parse_args(arguments)
    pages = mix([page for folder in chosen.folders for page in find_pages(folder)], chosen.pages)
    if not pages:
        parser.error("no page with truth there")
    models, language = load_models(find_models()), load_language()
    figures: Counter[str] = Counter({"pages": len(pages), **dict.fromkeys(ALLOWED, 0)})
    tally: Counter[str] = Counter()
    for done, page in enumerate(pages, 1):
        texts = texts_of(read_lines(page, models), language)
        tally.update(_counts(page, texts))
        figures.update(dict(zip(ALLOWED, changed(*texts), strict=True)))
        print(f"\r{done}/{len(pages)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    shares = {kind: _shares(kind, tally) for kind in KINDS}
    missed = tuple(f"{name}: {figures[name]} where none is allowed" for name in ALLOWED if figures[name])
    return Measured("invented", {**figures, "percent_exact": shares}, {}, missed)


def _counts(page: TruePage, texts: tuple[str, str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for way, text in zip(_WAYS, map(fold, texts), strict=True):
        for kind, (said, right) in exact(fold(page.text), text).items():
            counts.update({f"{kind} {way} right": right, f"{kind} {way}": said})
    return counts


def _shares(kind: str, tally: Counter[str]) -> dict[str, float]:
    said = max(tally[f"{kind} with"], 1)
    exactly = {way: round(100 * tally[f"{kind} {way} right"] / said, 2) for way in _WAYS}
    return {"in_truth": tally[f"{kind} with"], **exactly}


_WAYS = ("with", "without")


if __name__ == "__main__":
    print_measured(run)
