"""The forms as files: what they say, where it stands on the page, drafts until signed off."""

import io
from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from docx import Document
from fastapi.testclient import TestClient

from services.access.units import load_shipped_units
from services.dossier.commands import Action, Command
from services.storage.database import Connection
from services.storage.desk import act as do
from services.storage.procedures import store_procedures
from services.storage.units import add_missing_units
from tests.integration.api.test_actions import FILES, act
from tests.integration.storage.test_calendars import AT, receive
from tests.integration.storage.test_desk import PROCEDURES

DAY = timedelta(days=1)

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


def test_the_receipt_names_papers_once_they_are_read(client: TestClient, connection: Connection, code: str) -> None:
    """Form 01 says what was handed in, not how somebody's telephone called the file."""
    connection.execute(
        """INSERT INTO paper (dossier_id, number, kind, confidence, alternatives, title, pages)
           SELECT id, 1, 'birth_registration_declaration', 0.9, '[]', '', '[[1, 1]]' FROM dossier WHERE code = %s""",
        (code,),
    )
    address = f"/v1/dossiers/{code}/forms/01.pdf"
    in_vietnamese, in_english = (text_of(client.get(f"{address}?lang={lang}").content) for lang in ("vi", "en"))
    assert "Tờ khai đăng ký khai sinh (1 trang)" in in_vietnamese
    assert "Declaration for birth registration (pages: 1)" in in_english
    assert "giấy.pdf" not in in_vietnamese + in_english


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


def word_text(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def live(connection: Connection) -> dict[str, str]:
    """One dossier asked of, extended and refused, one whose citizen never answered: where each form comes from."""
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))
    facts = {
        "F-1": (
            Command(Action.HAND_OVER, AT, step="Cán bộ tư pháp", step_days=2),
            Command(Action.REQUEST_SUPPLEMENT, AT, reason="Thiếu giấy", items=("Giấy chứng sinh",)),
            Command(Action.COMPLETE_SUPPLEMENT, AT + DAY),
            Command(Action.EXTEND, AT + DAY, reason="Xác minh thêm", new_due_at=AT + 20 * DAY),
            Command(Action.REFUSE, AT + 2 * DAY, reason="Không đủ điều kiện"),
        ),
        "F-2": (
            Command(Action.REQUEST_SUPPLEMENT, AT, reason="Thiếu giấy", items=("Giấy chứng sinh",)),
            Command(Action.STOP, AT + 11 * DAY, reason="Không bổ sung"),
        ),
    }
    for code, commands in facts.items():
        receive(connection, code, "06463")
        for version, command in enumerate(commands, start=2):
            do(connection, code, command, version=version)
    return {"01": "F-1", "02": "F-1", "03": "F-1", "04": "F-1", "05": "F-2", "06": "F-1"}


SAYS = {
    "01": "GIẤY TIẾP NHẬN", "02": "Giấy chứng sinh", "03": "Không đủ điều kiện", "04": "Xác minh thêm",
    "05": "Không bổ sung", "06": "Cán bộ tư pháp",
}  # fmt: skip


def test_every_form_is_a_draft_until_a_person_signs_it(client: TestClient, connection: Connection) -> None:
    """01 to 06 in both kinds and both languages; what has not happened has no form, and 07 is the unit's."""
    for form, code in live(connection).items():
        path = f"/v1/dossiers/{code}/forms/{form}"
        for signed in (False, True):
            if signed:
                assert client.post(f"{path}/sign-off").status_code == 200, form
            pdf, word = (client.get(f"{path}.{kind}") for kind in ("pdf", "docx"))
            for text in (text_of(pdf.content).replace("\n", " "), word_text(word.content)):
                assert ("DỰ THẢO" in text) is not signed, (form, signed)
                assert SAYS[form] in text, (form, text)
            for kind in ("pdf", "docx"):
                assert client.get(f"{path}.{kind}", params={"lang": "en"}).status_code == 200
    for form, status in (("05", 422), ("07", 404)):
        assert client.get(f"/v1/dossiers/F-1/forms/{form}.pdf").status_code == status
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


def test_what_ended_without_a_result_says_so_in_the_register(client: TestClient, connection: Connection) -> None:
    """Stopped is no result; refused is one."""
    live(connection)
    text = text_of(client.get("/v1/units/06463/register.pdf?from=2026-12-01&to=2026-12-31").content).replace("\n", " ")
    assert text.count("Dừng xử lý") == 1
    assert "Đã xử lý xong" not in text


def test_a_request_for_papers_says_what_it_does_to_the_date(client: TestClient, connection: Connection) -> None:
    """Counted from the beginning, or on; before reception there is no date to speak of."""
    live(connection)
    said = text_of(client.get("/v1/dossiers/F-1/forms/02.pdf").content).replace("\n", " ")
    assert "ngày hẹn trả mới sẽ được thông báo" in said
    data = {"procedure": "9.000001", "channel": "2", "unit": "06463"}
    code = client.post("/v1/dossiers", files=FILES, data=data).json()["code"]
    act(client, code, "request_supplement", 1, reason="Thiếu", items=["Giấy chứng sinh"])
    early = text_of(client.get(f"/v1/dossiers/{code}/forms/02.pdf").content)
    assert "Giấy chứng sinh" in early
    assert "ngày hẹn trả mới" not in early
