"""A paper of no known kind goes by the title that was read on it, and nobody says that the machine is sure."""

from fastapi.testclient import TestClient

from services.api.guard import holder_cookie
from services.catalogue.shipped import load_shipped
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.database import Connection
from services.storage.forms import read_papers
from services.storage.procedures import add_missing
from tests.builders.read_dossier import leave_read
from tests.integration.api.test_actions import FILES

TITLE = "ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT"


def test_the_desk_the_tracking_page_and_the_receipt_show_the_title(settings: Settings, connection: Connection) -> None:
    add_missing(connection, load_shipped())
    with TestClient(create_portal(settings)) as client:
        _look(client, connection)


def _look(client: TestClient, connection: Connection) -> None:
    receipt = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.004222", "channel": "2"}).json()
    code = receipt["code"]
    client.cookies.set(holder_cookie(code), receipt["receipt_key"])
    dossier = leave_read(connection, code)
    connection.execute("UPDATE paper SET kind = 'other', confidence = 1, title = %s", (TITLE,))
    page = client.get(f"/can-bo/ho-so/{code}", headers={"accept": "text/html"}).text
    assert f"<h2>{TITLE} <small>không thuộc loại nào máy biết, xin xem</small></h2>" in page
    assert "100 %" not in page
    assert TITLE in client.get(f"/ho-so/{code}").text
    assert read_papers(connection, dossier).titles == (TITLE,)
    paper = client.get(f"/v1/dossiers/{code}").json()["papers"][0]
    assert (paper["kind"], paper["title"]) == ("other", TITLE)
