"""The public board: figures for everybody, lists for those who may read them."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from services.access.roles import Role
from tests.integration.access.conftest import Somebody


def test_visitors_see_numbers_and_officials_open_them(
    closed: TestClient, signed_in: Callable[[Role], Somebody]
) -> None:
    """No link of a visitor's page leads to a door that is shut for him."""
    shown = closed.get("/so-lieu?period=all&by=unit", headers={"accept": "text/html"}).text
    assert "/so-lieu/ho-so" not in shown
    assert "/so-lieu/tro-ly" in shown
    assert "Bảng số liệu của biểu đồ" in shown
    closed.cookies.update(signed_in(Role.HEAD).cookies)
    assert "/so-lieu/ho-so" in closed.get("/so-lieu?period=all&by=unit", headers={"accept": "text/html"}).text
