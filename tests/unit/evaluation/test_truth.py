"""Labelled folders are read as documented, and a wrong one is named."""

import json
from pathlib import Path

import pytest

from services.dossier.errors import Refused
from services.evaluation.truth import read_truths

PAPER = {"kind": "death_notice", "pages": [1], "fields": {"full_name": "Lý Văn An", "gender": ""}}


def write(folder: Path, told: object) -> Path:
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"x")
    (folder / "truth.json").write_text(json.dumps(told), "utf-8")
    return folder


def test_a_folder_as_documented(tmp_path: Path) -> None:
    clash = {"field": "full_name", "values": [{"file": "1.jpg", "value": "A"}, {"file": "2.jpg", "value": "B"}]}
    write(tmp_path / "d", {"documents": [{"file": "1.jpg", "papers": [PAPER]}], "contradictions": [clash]})
    (dossier,) = read_truths(tmp_path)
    assert dossier.files[0].papers[0].fields == {"full_name": "Lý Văn An"}
    assert dossier.contradictions[0].files == {"1.jpg", "2.jpg"}
    assert (dossier.procedure, dossier.missing, dossier.name) == ("", (), "d")


@pytest.mark.parametrize(
    "documents",
    [
        [{"file": "2.jpg", "papers": []}],
        [{"file": "1.jpg", "papers": [{"kind": "poem"}]}],
        [{"file": "1.jpg", "papers": [{"kind": "death_notice", "fields": {"colour": "x"}}]}],
        [{"file": "1.jpg"}],
        None,
    ],
)
def test_what_does_not_keep_to_the_format_is_refused(tmp_path: Path, documents: object) -> None:
    write(tmp_path / "d", {"documents": documents})
    with pytest.raises(Refused, match="does not keep"):
        read_truths(tmp_path)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no"):
        read_truths(tmp_path)
