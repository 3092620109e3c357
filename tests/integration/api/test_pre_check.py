"""`POST /v1/pre-check` with a real file: what is missing, in seconds, nothing kept, numbers masked."""

from io import BytesIO
from time import perf_counter

from fastapi.testclient import TestClient
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from services.storage.database import Connection
from services.wording import Language, sentence
from tests.builders.papers import BIRTH_DECLARATION
from tests.integration.ocr.printed import find_font

LIMIT_S = 20.0


def as_pdf(text: str) -> bytes:
    """A born-digital page of the text."""
    if "mono" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("mono", str(find_font())))
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setFont("mono", 9)
    for row, line in enumerate(text.strip("\n").split("\n")):
        canvas.drawString(50, 790 - 16 * row, line)
    canvas.save()
    return out.getvalue()


def test_a_birth_declaration_alone_lacks_the_birth_notice(client: TestClient, connection: Connection) -> None:
    before = connection.execute("SELECT count(*) FROM dossier").fetchone()
    began = perf_counter()
    files = [("files", ("to khai.pdf", as_pdf(BIRTH_DECLARATION), "application/pdf"))]
    answer = client.post("/v1/pre-check", files=files, data={"procedure": "1.001193"})
    found = answer.json()
    assert answer.status_code == 200, found
    assert [item["kind"] for item in found["missing"]] == ["medical_birth_certificate"]
    assert found["documents"][0]["file"] == "to khai.pdf"
    assert not found["complete"]
    assert perf_counter() - began < LIMIT_S
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == before


def test_an_unknown_procedure_and_no_files_are_refused_in_sentences(client: TestClient) -> None:
    nothing = client.post("/v1/pre-check")
    assert nothing.json()["type"] == "urn:motcua:problem:api.no_files"
    blank = BytesIO()
    Image.new("L", (600, 800), 255).save(blank, "PNG")
    answer = client.post(
        "/v1/pre-check", files=[("files", ("a.png", blank.getvalue(), "image/png"))], data={"procedure": "9.999999"}
    )
    assert answer.json()["type"] == "urn:motcua:problem:catalogue.unknown_code"
    assert 400 <= answer.status_code < 500


def test_a_dossier_of_which_nothing_could_be_read_is_not_complete(client: TestClient) -> None:
    """Without a procedure nothing is missing, and still nothing is there: each file says why, in both languages."""
    empty = client.post("/v1/pre-check", files=[("files", ("rỗng.pdf", b"", "application/pdf"))]).json()
    assert not empty["complete"]
    assert [one["error"] for one in empty["documents"]] == [sentence("files.empty").say(Language.VI)]
    assert [one["error_en"] for one in empty["documents"]] == [sentence("files.empty").say(Language.EN)]
    both = [("files", ("rỗng.pdf", b"", "application/pdf")), ("files", ("a.pdf", as_pdf(BIRTH_DECLARATION), ""))]
    assert client.post("/v1/pre-check", files=both, data={"procedure": "1.001193"}).json()["missing"]
