"""The holder of a receipt says on the page where he wants to be told, and takes it back."""

from fastapi.testclient import TestClient

from services.api.guard import holder_cookie
from services.storage.database import Connection
from tests.integration.access.conftest import CODES, KEY, OTHER, OWN, Somebody


def test_on_the_page(closed: TestClient, connection: Connection) -> None:
    code = CODES[OWN]
    holder = Somebody(closed, cookies={holder_cookie(code): KEY})
    address = f"/ho-so/{code}/nhan-tin"
    told = {"email": "hoa@example.org", "phone": "0912 345 678", "consent": "true"}
    assert holder.ask("POST", address, data=told)[0] == 303
    status, page = holder.ask("GET", f"/ho-so/{code}")
    assert (status, "hoa@example.org" in page, "checked" in page) == (200, True, True)
    assert holder.ask("POST", address, data=told | {"email": "no address"})[0] == 422
    refused, said = holder.ask("POST", address, data=told | {"phone": "abc"})
    assert (refused, "Số điện thoại không đúng" in said) == (422, True)
    assert holder.ask("POST", address, data={"email": "", "phone": "•••"})[0] == 303
    kept = connection.execute("SELECT applicant FROM dossier WHERE code = %s", (code,)).fetchone()
    assert kept == ({"name": "Người nộp", "phone": "0912 345 678"},)


def test_of_another_dossier_it_is_refused(closed: TestClient, connection: Connection) -> None:
    holder = Somebody(closed, cookies={holder_cookie(CODES[OWN]): KEY})
    answer, _ = holder.ask("POST", f"/ho-so/{CODES[OTHER]}/nhan-tin", data={"email": "a@b.vn", "consent": "true"})
    assert answer in {401, 403, 404}
    kept = connection.execute("SELECT applicant FROM dossier WHERE code = %s", (CODES[OTHER],)).fetchone()
    assert kept == ({"name": "Người nộp"},)
