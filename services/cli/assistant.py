"""`motcua assistant learn`: the route model that ships with the product, made anew from its example files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from services.assistant.asking import merge_counts
from services.assistant.behaviour import Route
from services.assistant.dense import pack_dense, train_dense
from services.assistant.embed import load_embedder
from services.assistant.index import load_index, pack_index
from services.assistant.index_build import build_index
from services.assistant.lessons import draw_lessons, thin_lessons
from services.assistant.linear import pack_linear, train
from services.assistant.training.people import read_told_rows
from services.assistant.training.run import learn as learn_ranker
from services.catalogue.national import load_national
from services.cli import app
from services.cli.ask import read_rows, turns_of
from services.cli.language import read_counts
from services.cli.output import stop
from services.dossier.errors import CannotProceed, Refused
from services.language.counts import pack_counts
from services.wording import sentence

assistant = typer.Typer(no_args_is_help=True, help="What the assistant learns from.")
app.add_typer(assistant, name="assistant")

BATCH = 32
"""Lessons embedded at once."""

STRANGERS, STRANGER_SEED = 600, 23
"""Questions about no procedure that the ranker's calibration sees."""


@assistant.callback()
def _name_commands() -> None:
    """What the assistant learns from."""


@assistant.command("learn")
def learn(
    out: Annotated[Path, typer.Option(help="The packed file to write.")],
    seed: Annotated[int, typer.Option(help="Another seed draws other examples.")] = 11,
) -> None:
    """Draw the lessons, learn, pack: the same examples and catalogue always give the same file.

    Example: motcua assistant learn --out services/assistant/route.bin
    """
    national = load_national()
    names = [found.procedure.name_vi for code in national.codes if (found := national.find(code))]
    rows = draw_lessons(names, seed)
    out.write_bytes(pack_linear(train(rows)))
    typer.echo(f"{out}: {len(rows)} lessons, {out.stat().st_size} bytes")


@assistant.command("sense")
def learn_sense(
    out: Annotated[Path, typer.Option(help="The packed file to write.")],
    seed: Annotated[int, typer.Option(help="Another seed draws other examples.")] = 11,
) -> None:
    """Learn routes over sentence vectors from the same lessons, thinned out; takes minutes.

    Example: motcua assistant sense --out services/assistant/route_vectors.npz
    """
    embedder = load_embedder()
    if embedder is None:
        stop(CannotProceed(sentence("assistant.no_embedder")))
    national = load_national()
    names = [found.procedure.name_vi for code in national.codes if (found := national.find(code))]
    rows = thin_lessons(draw_lessons(names, seed))
    texts = [text for text, _ in rows]
    parts = [embedder.embed_questions(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    out.write_bytes(pack_dense(train_dense(np.concatenate(parts), [route for _, route in rows])))
    typer.echo(f"{out}: {len(rows)} lessons, {out.stat().st_size} bytes")


@assistant.command("index")
def build(
    out: Annotated[Path, typer.Option(help="The index to write.")],
) -> None:
    """Make the index of names, phrases and vectors anew, from the fact pack and the word files.

    Example: motcua assistant index --out services/assistant/index.npz
    """
    index = build_index(load_embedder())
    np.savez_compressed(out, allow_pickle=False, **pack_index(index))
    typer.echo(f"{out}: {len(index.codes)} procedures, {len(index.owners)} phrases, {out.stat().st_size} bytes")


def single_turns(path: Path) -> Iterator[dict[str, Any]]:
    """The talks of one turn of a file."""
    return (row for row in read_rows(path) if len(turns_of(row)) == 1)


@assistant.command("rank")
def rank(
    out: Annotated[Path, typer.Option(help="The ranker to write.")],
    asked: Annotated[
        list[Path] | None,
        typer.Option(help="JSONL of what people asked, as evaluate-assistant reads; repeatable."),
    ] = None,
) -> None:
    """Train the ranker anew (needs the extra `train`): questions are drawn from phrases and names.

    What people asked (`--asked`) only tells how sure a first candidate may be; never give a file that is to judge it.

    Example: motcua assistant rank --asked benchmarks/assistant/fresh.jsonl --out services/assistant/ranker.npz
    """
    try:
        told = read_told_rows((turns_of(row)[0], row) for path in asked or [] for row in single_turns(path))
    except Refused as error:
        stop(error)
    drawn = draw_lessons(["thủ tục"], STRANGER_SEED)
    strangers = [text for text, route in drawn if route == Route.OUT_OF_SCOPE.value][:STRANGERS]
    arrays = learn_ranker(load_index(), load_embedder(), strangers, told)
    np.savez_compressed(out, allow_pickle=False, **arrays)
    typer.echo(f"{out}: {out.stat().st_size} bytes")


@assistant.command("spell")
def count_spelling(
    counts: Annotated[Path, typer.Argument(help="Folder with syllables.tsv.gz and bigrams.tsv.gz.")],
    out: Annotated[Path, typer.Option(help="The packed counts to write.")],
) -> None:
    """Make the syllable counts that questions are spelt by anew.

    Example: motcua assistant spell counts/ --out services/assistant/asking.bin
    """
    national = load_national()
    names = [found.procedure.name_vi for code in national.codes if (found := national.find(code))]
    merged = merge_counts(read_counts(counts), names)
    out.write_bytes(pack_counts(merged))
    typer.echo(f"{out}: {len(merged.syllables)} syllables, {out.stat().st_size} bytes")
