"""The generator draws the same bytes for a seed, and what it says of its pages is true of them."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest

from samples.dossiers import draw_dossiers, is_rich
from samples.layout import FIELD, Layout, all_layouts
from samples.stories import tell_single
from services.catalogue.shipped import load_shipped
from services.dossier.kinds import FIELDS_OF, PaperKind

SHIPPED = sorted(Path("samples/dossiers").glob("*/truth.json"))


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    draw_dossiers(folder, 11, 8)
    return folder


def truths(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    return [(path.parent, json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*/truth.json"))]


def test_a_seed_draws_the_same_bytes_and_another_seed_others(drawn: Path, tmp_path: Path) -> None:
    draw_dossiers(tmp_path / "again", 11, 8)
    draw_dossiers(tmp_path / "other", 12, 8)
    assert bytes_below(tmp_path / "again") == bytes_below(drawn)
    assert bytes_below(tmp_path / "other") != bytes_below(drawn)


def test_more_dossiers_leave_the_first_ones_as_they_are(drawn: Path, tmp_path: Path) -> None:
    draw_dossiers(tmp_path, 11, 2)
    few = bytes_below(tmp_path)
    assert few == {name: content for name, content in bytes_below(drawn).items() if name in few}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_dossier_keeps_to_the_contract(path: Path) -> None:
    truth = json.loads(path.read_text("utf-8"))
    assert truth["procedure"] in {procedure.code for procedure in load_shipped()}
    assert sorted(file.name for file in path.parent.iterdir()) == sorted(
        ["truth.json", *(document["file"] for document in truth["documents"])]
    )
    for document in truth["documents"]:
        pages = [page for paper in document["papers"] for page in paper["pages"]]
        assert pages == list(range(1, len(document["pages"]) + 1))
        for paper in document["papers"]:
            assert paper["fields"].keys() <= set(FIELDS_OF[PaperKind(paper["kind"])])
            assert paper["kind"] not in truth["missing"]


def test_there_are_enough_dossiers_for_a_demonstration() -> None:
    assert len(SHIPPED) >= 20
    assert sum(file.stat().st_size for path in SHIPPED for file in path.parent.iterdir()) < 10_000_000


@pytest.mark.parametrize("kind", [kind.value for kind in PaperKind if kind is not PaperKind.UNREADABLE])
def test_every_kind_has_layouts_to_train_and_others_to_measure(kind: str) -> None:
    train, measure = (
        [layout for layout in all_layouts() if (layout.kind, layout.split) == (kind, split)]
        for split in ("train", "eval")
    )
    assert len(train) >= 3
    assert len(measure) >= 2
    assert not {layout.lines for layout in train} & {layout.lines for layout in measure}


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
def test_a_layout_opens_only_values_of_its_kind(layout: Layout) -> None:
    opened = {name for line in layout.lines for name, _ in FIELD.findall(line) if not name.startswith("_")}
    if layout.kind != PaperKind.OTHER:
        assert opened <= set(FIELDS_OF[PaperKind(layout.kind)])
    assert opened <= tell_single(Random(layout.name), layout.kind).keys()


def test_what_clashes_is_printed_on_two_papers_with_both_values(drawn: Path) -> None:
    clashes = [
        (t, c) for _, t in [*truths(drawn), *truths(Path("samples/dossiers"))] for c in t.get("contradictions", ())
    ]
    assert clashes
    for truth, clash in clashes:
        printed = {
            (document["file"], value)
            for document in truth["documents"]
            for paper in document["papers"]
            for value in paper["fields"].values()
        }
        assert {(item["file"], item["value"]) for item in clash["values"]} <= printed
        assert len({item["value"] for item in clash["values"]}) == 2


def test_the_text_layer_of_a_digital_page_is_its_truth(drawn: Path) -> None:
    checked = 0
    for folder, truth in truths(drawn):
        for document in truth["documents"]:
            if document["degradation"] == "digital":
                with pypdfium2.PdfDocument(folder / document["file"]) as pdf:
                    seen = "".join(page.get_textpage().get_text_range() for page in pdf)
                assert "".join(seen.split()) == "".join("".join(document["pages"]).split())
                checked += 1
    assert checked


def test_a_rich_set_holds_only_dossiers_with_a_contradiction_or_a_stray(tmp_path: Path) -> None:
    """They are those that the same seed draws among all, with the numbers that they have there."""
    folders = draw_dossiers(tmp_path / "rich", 11, 2, rich=True)
    numbers = [int(folder.name.removeprefix("dossier-")) - 1 for folder in folders]
    assert numbers == [number for number in range(numbers[-1] + 1) if is_rich(11, number, "demo")]
    draw_dossiers(tmp_path / "all", 11, 1, first=numbers[0])
    alone = tmp_path / "rich" / folders[0].name
    assert bytes_below(alone) == bytes_below(tmp_path / "all" / folders[0].name)
