"""`motcua extract` and `motcua pre-check` on files written here, in processes as a user starts them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Docx

from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def write_docx(path: Path, text: str) -> Path:
    document = Docx()
    for line in text.strip("\n").split("\n"):
        document.add_paragraph(" ".join(line.split()))
    document.save(str(path))
    return path


@pytest.fixture
def declaration(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "to khai.docx", BIRTH_DECLARATION)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_file_has_its_line_and_a_refused_one_its_sentence(declaration: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"")
    out = tmp_path / "out.jsonl"
    done = run("extract", str(declaration), str(broken), str(tmp_path / "khong co.pdf"), "--json", str(out))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    good, empty, absent = read_lines(out)
    assert good["kind"] == "birth_registration_declaration"
    assert good["error"] is None
    assert good["fields"]["mother_name"]["value"] == "Nông Thị Hoa"
    assert set(good["fields"]["mother_name"]) == {"value", "raw", "confidence", "page", "box", "source"}
    assert good["pages"][0].startswith("CỘNG HÒA")
    assert empty["error"]
    assert absent["error"]
    assert empty["fields"] == {}


def test_no_path_at_all_is_a_wrong_call(tmp_path: Path) -> None:
    done = run("extract", str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_dossier_without_its_birth_notice_misses_it(declaration: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("pre-check", str(declaration), "--procedure", "1.001193", "--json", str(out))
    assert done.returncode == 1
    found = json.loads(out.read_text("utf-8"))
    assert [item["kind"] for item in found["missing"]] == ["medical_birth_certificate"]
    assert not found["complete"]


def test_a_contradiction_names_both_files(declaration: Path, tmp_path: Path) -> None:
    other = BIRTH_NOTICE.replace("Năm sinh: 1995", "Năm sinh: 1985")
    notice = write_docx(tmp_path / "chung sinh.docx", other)
    out = tmp_path / "out.json"
    run("pre-check", str(declaration), str(notice), "--json", str(out))
    found = json.loads(out.read_text("utf-8"))
    assert found["procedure"]["code"] == "1.001193"
    assert found["missing"] == []
    assert [item["field"] for item in found["contradictions"]] == ["mother_date_of_birth"]
    assert {value["file"] for value in found["contradictions"][0]["values"]} == {str(declaration), str(notice)}


def test_evaluate_measures_a_labelled_dossier_and_keeps_its_pages(declaration: Path, tmp_path: Path) -> None:
    paper = {"kind": "birth_registration_declaration", "fields": {"mother_name": "Nông Thị Hoa", "father_name": "X Y"}}
    entry = {"file": declaration.name, "pages": [""], "papers": [paper]}
    told = {"procedure": "1.001193", "documents": [entry], "missing": ["medical_birth_certificate"]}
    (tmp_path / "truth.json").write_text(json.dumps(told), "utf-8")
    out, kept = tmp_path / "figures.json", tmp_path / "kept"
    first = run("evaluate", str(tmp_path), "--json", str(out), "--pages", str(kept))
    assert first.returncode == 0, first.stderr
    figures = json.loads(out.read_text("utf-8"))
    assert figures["kinds"]["top1"]["value"] == 1.0
    assert figures["completeness"]["exact"]["value"] == 1.0
    assert figures["fields"]["per_field"]["mother_name"]["f1"]["value"] == 1.0
    assert figures["fields"]["per_field"]["father_name"]["f1"]["value"] == 0.0
    (pages,) = kept.iterdir()
    pages.write_text(pages.read_text("utf-8").replace("Nông", "Nùng"), "utf-8")
    run("evaluate", str(tmp_path), "--json", str(out), "--pages", str(kept))
    assert json.loads(out.read_text("utf-8"))["fields"]["per_field"]["mother_name"]["f1"]["value"] == 0.0
