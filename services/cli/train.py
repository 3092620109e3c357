"""`motcua train`: learns to tell kinds of paper anew, and puts the model in use where it is better than the old one."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from services import clock
from services.classify.in_use import CLUES_NAME
from services.classify.in_use import NAME as KINDS
from services.classify.learn import Lesson, calibrate, learn, make_lesson
from services.classify.model import KindModel, pack_model, shipped_model, unpack_model
from services.classify.name import ABSTAIN_BELOW
from services.cli import app
from services.cli.bench import TREE
from services.cli.model_card import write_card
from services.cli.output import stop, write_json
from services.cli.train_clues import train_clues, write_clues_card
from services.cli.train_labels import train_labeller, write_labels_card
from services.cli.train_reader import PAGES, train_reader
from services.dossier.errors import CannotProceed, Refused, TryAgain
from services.dossier.kinds import PaperKind
from services.evaluation.kind_figures import Named, measure_kinds
from services.extract.in_use import NAME as LABELS
from services.extract.labeller import pack
from services.stack.running import settings_here
from services.storage.confirmations import all_confirmations
from services.storage.database import Connection, connect
from services.storage.models import SHIPPED, ModelShelf
from services.storage.objects import open_store
from services.storage.papers import read_documents, read_papers
from services.storage.sorting import PageKey, all_sorted
from services.wording import sentence

FROZEN_SEED, FROZEN_PAPERS = 3, 20
"""The frozen evaluation set: so many papers of each kind, from layouts, wordings and typefaces of the eval split."""

_PACKAGE = Path("services/classify/kinds.bin")
_CARD = Path("docs/models/kinds.md")
_LABELS = Path("services/extract/labeller.bin")
_LABELS_CARD = Path("docs/models/labels.md")
_CLUES = Path("services/classify/procedure_weights.toml")


@app.command("train", epilog="Example: motcua train --confirmed --json trained.json")
def train(
    *,
    papers: Annotated[int, typer.Option(min=1, help="Generated papers of each kind to learn from.")] = 120,
    seed: Annotated[int, typer.Option(help="The same seed and version give the same model.")] = 1,
    confirmed: Annotated[bool, typer.Option(help="Learn from what officers confirmed too.")] = False,
    ship: Annotated[bool, typer.Option(help="Write the model into the source tree instead of the store.")] = False,
    clues: Annotated[bool, typer.Option(help="Learn what speaks for a procedure, instead of kinds.")] = False,
    labels: Annotated[bool, typer.Option(help="Learn what values words are part of, instead of kinds.")] = False,
    reader: Annotated[bool, typer.Option(help="Learn the recogniser's last part anew, in the source tree.")] = False,
    texts: Annotated[list[Path] | None, typer.Option(help="Folder of legal texts to print; with --reader.")] = None,
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """Learn kinds of paper; used only where better than the model in use / Huấn luyện nhận dạng giấy tờ."""
    try:
        lessons = _generator()
        if reader:
            write_json(json_file or "-", train_reader(PAGES, seed, texts or []))
            return
        if labels:
            _train_labels(papers, seed, confirmed=confirmed, ship=ship, json_file=json_file)
            return
        if clues:
            _train_clues(lessons, confirmed=confirmed, ship=ship, json_file=json_file)
            return
        extra = list(_confirmed()) if confirmed else []
        new = learn_kinds(lessons, papers, seed, extra)
        frozen = [make_lesson(one.page, one.kind) for one in lessons.draw_lessons("eval", FROZEN_SEED, FROZEN_PAPERS)]
        shelf = None if ship else ModelShelf(open_store(settings_here()), KINDS)
        outcome = decide(new, _old(shelf), frozen)
        outcome |= {"papers": papers, "seed": seed, "confirmed": len(extra)}
        if outcome["better"]:
            outcome["version"] = _keep(new, outcome, shelf)
        write_json(json_file, outcome)
        _insist(outcome)
    except (Refused, CannotProceed, TryAgain) as error:
        stop(error if not isinstance(error, TryAgain) else CannotProceed(error.sentence))
    if json_file != "-":
        typer.echo(write_card(outcome, clock.in_vietnam(clock.now()).date()))


def _insist(outcome: dict[str, Any]) -> None:
    """Raises CannotProceed where the new model of kinds is no better than the old one."""
    if not outcome["better"]:
        raise CannotProceed(
            sentence("models.not_better", old=outcome["old"]["macro_f1"], new=outcome["new"]["macro_f1"])
        )


def _train_labels(papers: int, seed: int, *, confirmed: bool, ship: bool, json_file: str) -> None:
    """Learn the labeller; kept only where it is better than the one in use."""
    shelf = None if ship else ModelShelf(open_store(settings_here()), LABELS)
    model, outcome = train_labeller(papers, seed, confirmed=confirmed, shelf=shelf)
    card = write_labels_card(outcome, clock.in_vietnam(clock.now()).date().isoformat())
    if outcome["better"] and shelf is None:
        (TREE / _LABELS).write_bytes(pack(model))
        (TREE / _LABELS_CARD).write_text(card, "utf-8")
    elif outcome["better"] and shelf is not None:
        shelf.use(shelf.add(pack(model), card))
    write_json(json_file, outcome)
    if not outcome["better"]:
        figures = outcome["macro_f1"]
        raise CannotProceed(sentence("models.not_better", old=figures["old"], new=figures["new"]))
    if json_file != "-":
        typer.echo(card)


def _train_clues(lessons: Any, *, confirmed: bool, ship: bool, json_file: str) -> None:  # noqa: ANN401
    """Learn what clues of procedures weigh; in the store only where better, in the source tree as it is."""
    shelf = None if ship else ModelShelf(open_store(settings_here()), CLUES_NAME)
    weights, outcome = train_clues(lessons, shelf, confirmed=confirmed)
    card = write_clues_card(outcome, clock.in_vietnam(clock.now()).date().isoformat())
    if shelf is None:
        (TREE / _CLUES).write_text(weights, "utf-8")
    elif outcome["better"]:
        shelf.use(shelf.add(weights.encode(), card))
    write_json(json_file, outcome)
    if shelf is not None and not outcome["better"]:
        figures = {which: outcome[which]["likelihood"] for which in ("old", "new")}
        raise CannotProceed(sentence("models.not_better", **figures))
    if json_file != "-":
        typer.echo(card)


def learn_kinds(lessons: Any, papers: int, seed: int, extra: Sequence[Lesson]) -> KindModel:  # noqa: ANN401
    """A model of all training layouts; its temperature from one that never saw the last layout of each kind."""
    drawn = [(make_lesson(one.page, one.kind), one.layout) for one in lessons.draw_lessons("train", seed, papers)]
    last = {lesson.kind: layout for lesson, layout in sorted(drawn, key=lambda pair: pair[1])}
    seen = [lesson for lesson, layout in drawn if last[lesson.kind] != layout]
    unseen = [lesson for lesson, layout in drawn if last[lesson.kind] == layout]
    temperature = calibrate(learn(seen), unseen).temperature
    model = learn([*(lesson for lesson, _ in drawn), *extra])
    # what is measured and kept is the rounded model, so that both are the same
    return unpack_model(pack_model(KindModel(model.weights, temperature)))


def decide(new: KindModel, old: KindModel | None, frozen: Sequence[Lesson]) -> dict[str, Any]:
    """Both models on the frozen set, and whether the new one is better: more right, and not less to be trusted."""
    figures = measure_kinds(_named(new, frozen))
    before = measure_kinds(_named(old, frozen)) if old else None
    better = before is None or (
        figures["macro_f1"] > before["macro_f1"]
        and (figures["right_where_decided"]["value"] or 0) >= (before["right_where_decided"]["value"] or 0) - SLACK
    )
    return {"new": figures, "old": before, "better": better, "temperature": new.temperature}


SLACK = 0.002


def _named(model: KindModel, lessons: Iterable[Lesson]) -> list[Named]:
    found = []
    for lesson in lessons:
        guesses = model.judge(lesson.features, lesson.evidence)[:3]
        names = tuple(kind.value for kind, _ in guesses)
        found.append(Named(lesson.kind.value, names, guesses[0][1] >= ABSTAIN_BELOW, whole=True))
    return found


def _generator() -> Any:  # noqa: ANN401 - a module outside the package has no type here
    """The module that draws lessons; it lies beside the package.

    Raises:
        CannotProceed: the product was installed without it, or fonts are missing.
    """
    if not (TREE / "samples" / "lessons.py").is_file():
        raise CannotProceed(sentence("models.no_generator"))
    sys.path.insert(0, str(TREE))
    lessons, fonts = import_module("samples.lessons"), import_module("samples.fonts")
    try:
        for split in ("train", "eval"):
            for role in fonts.ROLES:
                fonts.families(split, role)
    except fonts.FontMissing as error:
        raise CannotProceed(sentence("models.fonts_missing", reason=str(error))) from error
    return lessons


def _old(shelf: ModelShelf | None) -> KindModel | None:
    """The model in use; None where none ships yet."""
    number = shelf.in_use() if shelf else SHIPPED
    if shelf and number != SHIPPED:
        return unpack_model(shelf.model(number))
    return shipped_model() if (TREE / _PACKAGE).is_file() else None


def _keep(model: KindModel, outcome: dict[str, Any], shelf: ModelShelf | None) -> int:
    """Write the better model where it belongs; returns its version."""
    card = write_card(outcome, clock.in_vietnam(clock.now()).date())
    if shelf is None:
        (TREE / _CARD).parent.mkdir(parents=True, exist_ok=True)
        (TREE / _PACKAGE).write_bytes(pack_model(model))
        (TREE / _CARD).write_text(card, "utf-8")
        return SHIPPED
    number = shelf.add(pack_model(model), card)
    shelf.use(number)
    return number


def _confirmed() -> Iterator[Lesson]:
    """Pages whose kind a person saw: of papers with a confirmed field, and of dossiers that an officer sorted."""
    with connect(settings_here().database_url) as connection:
        kinds: dict[int, dict[PageKey, PaperKind]] = defaultdict(dict)
        for (dossier, number), kind in {
            (row.dossier_id, row.paper): row.kind for row in all_confirmations(connection) if row.kind
        }.items():
            kinds[dossier] |= dict.fromkeys(_pages_of(connection, dossier, number), PaperKind(kind))
        # sorting a dossier is the plainer word about its kinds
        for dossier, papers in all_sorted(connection).items():
            kinds[dossier] |= {page: paper.kind for paper in papers for page in paper.pages}
        for dossier, named in kinds.items():
            yield from _lessons_of(connection, dossier, named)


def _pages_of(connection: Connection, dossier: int, number: int) -> list[PageKey]:
    paper = next((read.paper for read in read_papers(connection, dossier) if read.paper.number == number), None)
    return [(ref.document, ref.page) for ref in paper.pages] if paper else []


def _lessons_of(connection: Connection, dossier: int, kinds: Mapping[PageKey, PaperKind]) -> Iterator[Lesson]:
    for document in read_documents(connection, dossier):
        for page in document.pages:
            kind = kinds.get((document.number, page.number))
            if kind is not None and kind is not PaperKind.UNREADABLE:
                yield make_lesson(page, kind)
