"""A Word file is laid out as a PDF once, at intake; whoever reads its pages fetches that PDF."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from services.dossier.document import MediaType
from services.files import office
from services.files.limits import Limits
from services.files.source import open_pages
from services.intake.stage import Arrived, decide
from services.storage.database import Connection
from services.storage.derived import pdf_key
from services.storage.documents import fetch_document
from services.storage.folder import FolderStore
from tests.builders.bad_files import docx_of

WORD = "<w:p><w:r><w:t>Xác nhận nơi cư trú</w:t></w:r></w:p>"


@dataclass
class OneRow:
    """A database that knows one document."""

    row: tuple[str, str, str, int]

    def execute(self, _query: str, _values: tuple[int, int]) -> "OneRow":
        return self

    def fetchone(self) -> tuple[str, str, str, int]:
        return self.row


@pytest.mark.skipif(office.libreoffice() is None, reason="needs LibreOffice")
def test_the_pdf_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path / "objects")
    original = tmp_path / "document-1"
    original.write_bytes(docx_of(WORD))
    store.put("2026/abc", original)
    examined = decide(Arrived(original, "a.docx", Limits(), store, "2026/abc"))
    assert (examined.media_type, examined.page_count) == (MediaType.DOCX, 1)
    assert store.exists(pdf_key("2026/abc"))

    def refuse(*_: object) -> Path:
        raise AssertionError("laid out a second time")

    monkeypatch.setattr(office, "derive_pdf", refuse)
    reader = tmp_path / "reader"
    reader.mkdir()
    connection: Connection = OneRow(("a.docx", "2026/abc", MediaType.DOCX, 1))  # type: ignore[assignment] # one row is all
    fetched = fetch_document(connection, store, 1, 1, reader)
    with open_pages(fetched.path, MediaType.DOCX, Limits()) as pages:
        assert [word.text for word in pages.text_layer(1) or ()] == ["Xác", "nhận", "nơi", "cư", "trú"]
