"""What holds for each page: readable by all (WCAG 2.2 AA by axe-core), as wide as a phone, light to load."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = [
    "/", "/thu-tuc", "/thu-tuc?q=ket+hon", "/thu-tuc?q=zzz", "/thu-tuc/1.001193", "/nop-ho-so",
    "/nop-ho-so?procedure=1.001193", "/tra-cuu", "/so-lieu", "/so-lieu/ho-so?received=true", "/khong-co",
    "/can-bo", "/lanh-dao", "/hoi-dap", "/hoi-dap/khung", "/tap-su", "/tap-su/ask_once", "/dang-nhap", "/tai-khoan",
    "/quan-tri", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan-moi", "/quan-tri/ma-truy-cap", "/quan-tri/don-vi",
    "/quan-tri/thu-tuc", "/quan-tri/thu-tuc/1.001193", "/quan-tri/thu-tuc/1.001193/sua", "/quan-tri/nhap-thu-tuc",
    "/quan-tri/bao-tin", "/quan-tri/lich", "/quan-tri/lich/20", "/quan-tri/nhat-ky", "/quan-tri/may",
    "/quan-tri/mo-hinh",
    "/quan-tri/mo-hinh/0",
]  # fmt: skip
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
MOST_BYTES = 150 * 1024


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(page: Page, scheme: Literal["light", "dark"]) -> None:
    """No violation on any page, in daylight and at night."""
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        found = Axe().run(page, options=RULES)
        assert not found.response["violations"], f"{path}: {found.generate_report()}"


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    """360 pixels hold every page; wide tables scroll inside themselves."""
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def weigh(page: Page, path: str) -> int:
    """Bytes of the bodies that a first visit loads."""
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(path, wait_until="networkidle")
    return sum(sizes)


def test_pages_are_light_and_all_from_here(browser: Browser, site: str) -> None:
    """At most 150 KB with everything a first visit loads, and not one byte from another host."""
    for path in PAGES:
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
