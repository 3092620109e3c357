"""Page pictures and searchable PDFs over HTTP: there once a page is read, refused with a sentence before."""

import io
from pathlib import Path

from fastapi.testclient import TestClient
from PIL import Image

from services.dossier.document import MediaType
from services.dossier.page import Box, Line, Page, TextSource, Word
from services.files.archive import find_breaches
from services.files.limits import Limits
from services.files.pdf import open_pdf
from services.ocr.pictures import webp_of
from services.settings import Settings
from services.storage.database import Connection
from services.storage.derived import PictureSize, picture_key
from services.storage.documents import set_examined
from services.storage.objects import open_store
from services.storage.papers import read_documents, store_pages

FILES = [("files", ("giấy.pdf", b"%PDF-1.4 first", "application/pdf"))]


def test_a_page_is_shown_when_it_is_kept(
    client: TestClient, connection: Connection, settings: Settings, tmp_path: Path
) -> None:
    code = client.post("/v1/dossiers", files=FILES).json()["code"]
    page = f"/v1/dossiers/{code}/documents/1/pages/1.webp"
    before = client.get(page)
    assert (before.status_code, before.json()["type"]) == (404, "urn:motcua:problem:api.no_page_picture")

    row = connection.execute("SELECT key FROM document").fetchone()
    assert row is not None
    made = tmp_path / "1.webp"
    made.write_bytes(webp_of(Image.new("RGB", (40, 60), "red")))
    for size in PictureSize:
        open_store(settings).put(picture_key(row[0], 1, size), made)

    shown = client.get(page)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.content == made.read_bytes()
    assert "immutable" in shown.headers["cache-control"]
    assert client.get(page, headers={"If-None-Match": shown.headers["etag"]}).status_code == 304
    assert client.get(f"/v1/dossiers/{code}/documents/1/pages/1/thumbnail.webp").status_code == 200
    for missing in ("documents/1/pages/2.webp", "documents/9/pages/1.webp"):
        assert client.get(f"/v1/dossiers/{code}/{missing}").status_code == 404
    assert client.get(f"/v1/dossiers/{code}/documents/1/pages/0.webp").status_code == 422


def test_a_document_that_was_read_can_be_searched(client: TestClient, connection: Connection, tmp_path: Path) -> None:
    scan = io.BytesIO()
    Image.new("RGB", (600, 900), "white").save(scan, "JPEG")
    code = client.post("/v1/dossiers", files=[("files", ("a.jpg", scan.getvalue(), "image/jpeg"))]).json()["code"]
    address = f"/v1/dossiers/{code}/documents/1/searchable.pdf"
    assert client.get(address).json()["type"] == "urn:motcua:problem:api.not_read_yet"
    assert client.get(address.replace("/1/", "/7/")).status_code == 404

    row = connection.execute("SELECT id FROM dossier").fetchone()
    assert row is not None
    word = Word("Độc", Box(0.1, 0.5, 0.2, 0.52), 0.9)
    lower = Word("lập", Box(0.1, 0.6, 0.2, 0.62), 0.9)
    set_examined(connection, row[0], 1, MediaType.JPEG, 1)
    page = Page(1, 600, 900, (Line((word,), 1, (2, 0)), Line((lower,), 2)), TextSource.OCR, "trueocr")
    store_pages(connection, row[0], 1, [page])
    assert read_documents(connection, row[0])[0].pages[0].lines == page.lines

    first, again = client.get(address), client.get(address)
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content == again.content
    archived = tmp_path / "a.pdf"
    archived.write_bytes(client.get(address, params={"archive": "true"}).content)
    assert find_breaches(archived) == ()
    with open_pdf(archived, Limits()) as pages:
        assert [word.text for word in pages.text_layer(1) or ()] == ["Độc", "lập"]
