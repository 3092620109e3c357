"""The forms as files: what they say, where it stands on the page, drafts until signed off."""

import io

import pypdfium2 as pdfium
import pytest
from docx import Document
from fastapi.testclient import TestClient

from services.access.units import load_shipped_units
from services.storage.database import Connection
from services.storage.units import add_missing_units
from tests.integration.api.test_actions import FILES, act

A4_PT = (595, 842)
MM = 72 / 25.4


@pytest.fixture
def code(client: TestClient, connection: Connection) -> str:
    """A received dossier of a commune, with papers asked for."""
    add_missing_units(connection, load_shipped_units())
    data = {"procedure": "1.004222", "channel": "1", "unit": "06463", "applicant_name": "Nông Thị Hoa",
            "applicant_phone": "0912345678"}  # fmt: skip
    made = client.post("/v1/dossiers", files=FILES, data=data).json()["code"]
    act(client, made, "hand_over", 2, step="Cán bộ tư pháp", step_days=2)
    act(client, made, "request_supplement", 3, reason="Thiếu giấy tờ", items=["Giấy chứng sinh", "Bản sao sổ"])
    return str(made)


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def test_the_receipt_says_when_first(client: TestClient, code: str) -> None:
    """Due date and QR stand above everything else of the receipt; it is a draft until signed off."""
    answer = client.get(f"/v1/dossiers/{code}/forms/01.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    page = pdfium.PdfDocument(answer.content)[0]
    assert tuple(round(side) for side in page.get_size()) == A4_PT
    text = text_of(answer.content)
    assert "DỰ THẢO" in text
    order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY TIẾP NHẬN HỒ SƠ",
        "Hẹn trả kết quả",
        "Nông Thị Hoa",
        "giấy.pdf",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert sum(found.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE for found in page.get_objects()) == 1
    assert client.post(f"/v1/dossiers/{code}/forms/01/sign-off").json()["signed_by"] == "local"
    assert "DỰ THẢO" not in text_of(client.get(f"/v1/dossiers/{code}/forms/01.pdf").content)
    assert client.post(f"/v1/dossiers/{code}/forms/01/sign-off").status_code == 409


def test_margins_and_sizes_of_decree_30(client: TestClient, code: str) -> None:
    """Nothing is printed left of 30 mm, right of 15 mm or below 20 mm."""
    client.post(f"/v1/dossiers/{code}/forms/02/sign-off")
    page = pdfium.PdfDocument(client.get(f"/v1/dossiers/{code}/forms/02.pdf").content)[0]
    for found in page.get_objects():
        left, bottom, right, top = found.get_bounds()
        assert left >= 30 * MM - 1, (left, bottom)
        assert right <= A4_PT[0] - 15 * MM + 1, (right, bottom)
        assert bottom >= 20 * MM - 1
        assert top <= A4_PT[1] - 10 * MM


def test_forms_in_word_have_the_same_margins(client: TestClient, code: str) -> None:
    answer = client.get(f"/v1/dossiers/{code}/forms/02.docx")
    document = Document(io.BytesIO(answer.content))
    section = document.sections[0]
    measured = (section.left_margin, section.right_margin, section.top_margin, section.page_width)
    # Word counts in twentieths of a point
    assert [round(side.mm, 1) for side in measured if side] == [30, 15, 20, 210]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "1. Giấy chứng sinh" in words
    assert "DỰ THẢO" in words
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_every_form_once_its_event_happened(client: TestClient, code: str) -> None:
    """What has not happened has no form; what has, tells of it in both kinds and both languages."""
    for form in ("03", "04", "05"):
        assert client.get(f"/v1/dossiers/{code}/forms/{form}.pdf").status_code == 422
    act(client, code, "complete_supplement", 4)
    extended = act(client, code, "extend", 5, reason="Xác minh thêm", new_due_at="2027-12-20T17:00:00")
    assert extended.status_code in {200, 422}, extended.text
    act(client, code, "refuse", 6 if extended.status_code == 200 else 5, reason="Không đủ điều kiện")
    forms = ["01", "02", "03", "06"] + (["04"] if extended.status_code == 200 else [])
    for form in forms:
        for kind in ("pdf", "docx"):
            for language in ("vi", "en"):
                got = client.get(f"/v1/dossiers/{code}/forms/{form}.{kind}", params={"lang": language})
                assert got.status_code == 200, (form, kind, got.text)
    assert "Không đủ điều kiện" in text_of(client.get(f"/v1/dossiers/{code}/forms/03.pdf").content)
    assert "Cán bộ tư pháp" in text_of(client.get(f"/v1/dossiers/{code}/forms/06.pdf").content).replace("\n", " ")
    assert client.get(f"/v1/dossiers/{code}/forms/07.pdf").status_code == 404
    assert client.get("/v1/dossiers/none/forms/01.pdf").status_code == 404


def test_the_register_of_a_unit(client: TestClient, code: str) -> None:
    """Wide, numbered from 01, one line a dossier."""
    answer = client.get("/v1/units/06463/register.pdf")
    page = pdfium.PdfDocument(answer.content)[0]
    assert tuple(round(side) for side in page.get_size()) == A4_PT[::-1]
    text = text_of(answer.content).replace("\n", "")
    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert code[-6:] in text
    assert client.get("/v1/units/06463/register.docx").status_code == 200
    assert client.get("/v1/units/none/register.pdf").status_code == 404
