"""What holds for each page: readable by all (WCAG 2.2 AA by axe-core), as wide as a phone, light to load."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.database import Connection
from services.storage.units import add_missing_units
from tests.browser.violations import find_violations

FOR_ALL = [
    "/", "/thu-tuc", "/thu-tuc?q=ket+hon", "/thu-tuc?q=zzz", "/thu-tuc/1.001193", "/nop-ho-so",
    "/nop-ho-so?procedure=1.001193", "/tra-cuu", "/so-lieu", "/so-lieu/ho-so?received=true", "/khong-co",
    "/can-bo", "/can-bo/hoi-dap", "/so-lieu/tro-ly",
    "/lanh-dao", "/hoi-dap", "/hoi-dap/khung", "/tap-su", "/tap-su/ask_once", "/dang-nhap", "/tai-khoan",
]  # fmt: skip
FOR_ADMINISTRATORS = [
    "/quan-tri", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan-moi", "/quan-tri/ma-truy-cap", "/quan-tri/don-vi",
    "/quan-tri/thu-tuc", "/quan-tri/thu-tuc?q=zzz", "/quan-tri/thu-tuc/1.001193", "/quan-tri/thu-tuc/1.001193/sua",
    "/quan-tri/thu-tuc-nhap", "/quan-tri/bao-tin", "/quan-tri/lich", "/quan-tri/lich/20", "/quan-tri/don-vi/20",
    "/quan-tri/nhat-ky", "/quan-tri/may", "/quan-tri/mo-hinh", "/quan-tri/mo-hinh/0",
]  # fmt: skip
FOR_LEADERS = [
    "/can-bo?show=near", "/can-bo/gop-y", "/lanh-dao?period=year", "/lanh-dao/tap-su", "/lanh-dao/du-bao",
    "/lanh-dao/chi-so-766", "/lanh-dao/chi-so-766?by=officer", "/lanh-dao/chi-so-766/dong?indicator=in_time",
    "/lanh-dao/ho-so?of=soon", "/lanh-dao/ho-so?of=missing&paper=x",
]  # fmt: skip
PAGES = pytest.mark.parametrize(
    "pages", [FOR_ALL, FOR_LEADERS, FOR_ADMINISTRATORS], ids=["for_all", "for_leaders", "for_administrators"]
)
MOST_BYTES = 150 * 1024


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """The province's units are there."""
    add_missing_units(connection, load_shipped_units())
    return settings


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
@PAGES
def test_axe_finds_nothing(page: Page, pages: list[str], scheme: Literal["light", "dark"]) -> None:
    """No violation on any page, in daylight and at night."""
    page.emulate_media(color_scheme=scheme)
    for path in pages:
        page.goto(path)
        assert not find_violations(page), f"{path}: {find_violations(page)}"


@PAGES
def test_nothing_is_wider_than_a_phone(page: Page, pages: list[str]) -> None:
    """360 pixels hold every page; wide tables scroll inside themselves."""
    for path in pages:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def weigh(page: Page, path: str) -> int:
    """Bytes of the bodies that a first visit loads."""
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(path, wait_until="networkidle")
    return sum(sizes)


@PAGES
def test_pages_are_light_and_all_from_here(browser: Browser, site: str, pages: list[str]) -> None:
    """At most 150 KB with everything a first visit loads, and not one byte from another host."""
    for path in pages:
        context = browser.new_context(base_url=site)
        page = context.new_page()
        weight = weigh(page, path)
        hosts = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)")
        context.close()
        assert set(hosts) <= {site}, path
        assert 0 < weight <= MOST_BYTES, path


def test_the_documentation_of_the_api_comes_from_here(page: Page, site: str) -> None:
    """`/docs` shows the operations without a byte from another host."""
    page.goto("/docs")
    page.get_by_text("/v1/dossiers", exact=True).first.wait_for()
    hosts = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)")
    assert set(hosts) == {site}
