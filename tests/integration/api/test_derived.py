"""Page pictures over HTTP: there once they are kept, refused with a sentence before."""

from pathlib import Path

from fastapi.testclient import TestClient
from PIL import Image

from services.ocr.pictures import webp_of
from services.settings import Settings
from services.storage.database import Connection
from services.storage.derived import PictureSize, picture_key
from services.storage.objects import open_store

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
