"""Number, day, authority, kind and subject of real scanned decrees, laws and letters, against what was typed by hand.

The first and last two pages of each are read. Fields of a document whose note says that a stamp lies on its head are
counted too: nine tenths of all must be exact after folding case and punctuation.
"""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.classify.name import name_papers
from services.dossier.document import Document
from services.extract.find import find_fields
from services.files.limits import Limits
from services.files.source import open_pages
from services.intake.examine import examine_file
from services.ocr.engine import Engine, EngineOptions, start_engine
from services.ocr.read import read_pages
from services.settings import get_settings

DATA = os.environ.get("MOTCUA_EVAL_DATA", "")
FIELDS = {
    "so_ky_hieu": "document_number", "co_quan_ban_hanh": "issuing_authority", "ngay_ban_hanh": "issue_date",
    "trich_yeu": "subject", "loai_van_ban": "document_type",
}  # fmt: skip
LEAST = 0.9
LIMITS = Limits(max_bytes=1 << 30, max_pages=2000)


def found_in(path: Path, engine: Engine) -> dict[str, str]:
    examined = examine_file(path, path.name, LIMITS)
    last = examined.page_count
    with open_pages(path, examined.media_type, LIMITS) as source:
        pages = tuple(read_pages(source, sorted({1, 2, last - 1, last} & set(range(1, last + 1))), engine))
    pages = tuple(replace(page, document=1) for page in pages)
    paper = name_papers([Document(1, path.name, pages)])[0]
    return {field.name: field.value for field in find_fields(paper.kind, pages)}


def plain(text: str) -> str:
    return " ".join(re.sub(r"[.,;:“”\"]", "", text).casefold().split())


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="MOTCUA_EVAL_DATA names no folder of evaluation data")
def test_the_heads_of_scanned_documents_are_read() -> None:
    folder = Path(DATA) / "scans"
    settings = get_settings()
    engine = start_engine(
        settings.ocr_engine, EngineOptions(settings.tessdata, settings.page_seconds, settings.name_pass)
    )
    labelled: list[dict[str, Any]] = json.loads((folder / "gold_metadata.json").read_text("utf-8"))
    right, wrong = 0, []
    for entry in labelled:
        path = folder / entry["file"]
        if not path.is_file():
            continue
        found = found_in(path, engine)
        for told, name in FIELDS.items():
            if entry.get(told):
                same = plain(entry[told]) == plain(found.get(name, ""))
                right += same
                wrong += [] if same else [(path.name, name, found.get(name))]
    assert right, "no document was there"
    assert right / (right + len(wrong)) >= LEAST, wrong
