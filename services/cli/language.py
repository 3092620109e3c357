"""`motcua language build`: the language model that ships with the product, made anew from text we may use."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from services.cli import app
from services.language.counting import Gram, add_counts, count_lines, grams_of
from services.language.counts import Counts, pack_counts

language = typer.Typer(no_args_is_help=True, help="The language model of the reader.")
app.add_typer(language, name="language")

TIMES = 20
"""How often forms count: laws, of which there is a thousand times more, never say `tôi` and seldom `trân trọng`."""

TEXTS = ("*.txt", "*.md", "*.jsonl.gz")


@language.command("build")
def build(
    out: Annotated[Path, typer.Option(help="The packed file to write.")],
    text: Annotated[list[Path] | None, typer.Option(help="Folder of .txt, .md or .jsonl.gz texts; repeatable.")] = None,
    forms: Annotated[list[Path] | None, typer.Option(help="Folder of forms and letters; they count 20 times.")] = None,
    counts: Annotated[Path | None, typer.Option(help="Folder with syllables.tsv.gz and bigrams.tsv.gz.")] = None,
    leave_out: Annotated[list[Path] | None, typer.Option(help="Folder of evaluation texts; repeatable.")] = None,
) -> None:
    """Count, leave out, pack: the same input always gives the same file.

    Example: motcua language build --counts data/lm --text data/procedures --forms data/forms --out language.bin
    """
    left_out: frozenset[Gram] = frozenset(
        gram for folder in leave_out or [] for line in _lines(folder) for gram in grams_of(line)
    )
    parts = [count_lines(_lines(folder), left_out) for folder in text or []]
    parts += [count_lines(_lines(folder), left_out) for folder in forms or []] * TIMES
    if counts is not None:
        parts.append(read_counts(counts))
    total = add_counts(parts)
    out.write_bytes(pack_counts(total))
    typer.echo(f"{out}: {len(total.syllables)} syllables, {len(total.pairs)} pairs, {out.stat().st_size} bytes")


def _lines(folder: Path) -> Iterator[str]:
    for pattern in TEXTS:
        for path in sorted(folder.rglob(pattern)):
            if path.suffix == ".gz":
                yield from _lines_of_records(path)
            else:
                yield from path.read_text("utf-8").splitlines()


def _lines_of_records(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            for value in record.values():
                if isinstance(value, str):
                    yield from value.splitlines()


def read_counts(folder: Path) -> Counts:
    """The counts of `syllables.tsv.gz` and `bigrams.tsv.gz`."""
    return Counts(_read_syllables(folder), _read_pairs(folder))


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def _read_syllables(folder: Path) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in _rows(folder / "syllables.tsv.gz")}


def _read_pairs(folder: Path) -> dict[tuple[str, str], int]:
    return {(row[0], row[1]): int(row[2]) for row in _rows(folder / "bigrams.tsv.gz")}
