"""The search of the portal over the catalogue as it is now: best first, by words with or without marks, by code."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from services.catalogue.shipped import load_shipped
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing, store_procedures
from tests.integration.assistant.test_current import PROVINCIAL, TODAY


@pytest.fixture
def portal(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """The pages over the catalogue that ships."""
    add_missing(connection, load_shipped())
    with TestClient(create_portal(settings), headers={"accept": "text/html"}) as made:
        yield made


def codes_for(portal: TestClient, words: str) -> list[str]:
    """The codes of the list in their order."""
    return re.findall(r'href="/thu-tuc/([^"]+)"', portal.get("/thu-tuc", params={"q": words}).text)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("làm khai sinh", "1.001193"), ("lam khai sinh", "1.001193"), ("mo quan pho", "1.001612"),
        ("sang tên sổ đỏ", "1.013831"), ("sang ten so do", "1.013831"), ("1.004194", "1.004194"),
        (" 3.000347 ", "3.000347"),
    ],
)  # fmt: skip
def test_a_citizens_words_find_it_first(portal: TestClient, words: str, code: str) -> None:
    """Words of everyday, without their marks too; a code finds its own procedure and nothing else."""
    found = codes_for(portal, words)
    assert found[0] == code
    assert len(found) <= 12


def test_what_the_province_added_is_found_and_what_it_closed_is_not(portal: TestClient, connection: Connection) -> None:
    words = "hỗ trợ mua máy sấy hồi"
    assert PROVINCIAL.code not in codes_for(portal, words)
    store_procedures(connection, [PROVINCIAL])
    assert codes_for(portal, words)[0] == codes_for(portal, PROVINCIAL.code)[0] == PROVINCIAL.code
    store_procedures(connection, [replace(PROVINCIAL, effective_to=TODAY - timedelta(days=1))])
    assert PROVINCIAL.code not in codes_for(portal, words)


def test_words_that_say_little_are_said_to(portal: TestClient) -> None:
    """An uncertain list says so, and shows the way to the assistant; a sure one does not."""
    assert "Chưa chắc đúng ý bạn" in portal.get("/thu-tuc", params={"q": "bóng đá"}).text
    assert "Chưa chắc đúng ý bạn" not in portal.get("/thu-tuc", params={"q": "đăng ký khai sinh"}).text
    assert "Hỏi trợ lý" in portal.get("/thu-tuc", params={"q": "zzz"}).text


@pytest.mark.parametrize("words", ["asdf qwer", "xe máy bay trực thăng", "tàu vũ trụ", "lorem ipsum dolor"])
def test_words_about_nothing_find_nothing(portal: TestClient, words: str) -> None:
    """The page says that nothing fits; what lies nearest is folded away."""
    said = portal.get("/thu-tuc", params={"q": words}).text
    assert f"Không thấy thủ tục nào khớp với “{words}”" in said
    assert said.index("có thể không liên quan") < said.index('href="/thu-tuc/')
    assert "có thể không liên quan" not in portal.get("/thu-tuc", params={"q": "đăng ký kết hôn"}).text
