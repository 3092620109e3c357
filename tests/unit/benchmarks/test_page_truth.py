"""Each format of truth is found, and a small choice of pages still has every kind."""

import json
from pathlib import Path

from benchmarks.page_truth import TruePage, find_pages, mix


def test_every_format(tmp_path: Path) -> None:
    sample = tmp_path / "a" / "dossier-1"
    sample.mkdir(parents=True)
    documents = [{"file": "1.pdf", "pages": ["một", "hai"], "degradation": "scan"}]
    (sample / "truth.json").write_text(json.dumps({"documents": documents}), encoding="utf-8")
    scans = tmp_path / "b"
    for folder in ("gt/law", "pdf"):
        (scans / folder).mkdir(parents=True)
    for number in (1, 2):
        (scans / "gt" / "law" / f"page_{number:03}.txt").write_text("ba", encoding="utf-8")
    (scans / "gt" / "good_pages.json").write_text('{"law": [2]}', encoding="utf-8")
    (scans / "pdf" / "law.pdf").touch()
    (tmp_path / "c" / "text" / "law").mkdir(parents=True)
    (tmp_path / "c" / "text" / "law" / "page_007.txt").write_text("sáu", encoding="utf-8")
    (tmp_path / "c" / "pdf").mkdir()
    (tmp_path / "c" / "pdf" / "law.pdf").touch()
    (tmp_path / "x.txt").write_text("bốn\fnăm", encoding="utf-8")
    (tmp_path / "x.png").touch()

    found = {(page.file.name, page.number, page.text, page.kind, page.whole) for page in find_pages(tmp_path)}

    assert found == {
        ("1.pdf", 1, "một", "scan", True),
        ("1.pdf", 2, "hai", "scan", True),
        ("law.pdf", 2, "ba", "real", False),
        ("law.pdf", 7, "sáu", "layer", True),
        ("x.png", 1, "bốn", "pair", True),
        ("x.png", 2, "năm", "pair", True),
    }


def test_kinds_take_turns() -> None:
    pages = [TruePage(Path("a"), n, "t", "many") for n in range(1, 9)] + [TruePage(Path("b"), 1, "t", "one")]
    assert [page.kind for page in mix(pages, 3)].count("one") == 1
    assert len(mix(pages, 100)) == 9
