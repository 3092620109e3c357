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


SLOW_3G = {"latency_s": 0.4, "bytes_a_second": 400_000 / 8}
"""The profile of browsers' own tools: 400 kbit/s, 400 ms for each question and answer."""


@pytest.mark.parametrize("pages", [FOR_ALL, FOR_LEADERS], ids=["for_all", "for_leaders"])
def test_pages_are_readable_within_a_second_on_slow_3g(browser: Browser, site: str, pages: list[str]) -> None:
    """What must arrive before the first letter is seen: the page and its styles, in two waves; counted, not timed."""
    for path in pages:
        context = browser.new_context(base_url=site)
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000,
        })  # fmt: skip
        kinds: dict[str, str] = {}
        sizes: dict[str, float] = {}
        tools.on("Network.requestWillBeSent", lambda told, into=kinds: into.update({told["requestId"]: told["type"]}))
        tools.on("Network.loadingFinished",
                 lambda told, into=sizes: into.update({told["requestId"]: told["encodedDataLength"]}))  # fmt: skip
        page.goto(path, wait_until="networkidle")
        context.close()
        needed = [id_ for id_, kind in kinds.items() if kind in {"Document", "Stylesheet"}]
        waves = 1 + any(kinds[id_] == "Stylesheet" for id_ in needed)
        weight = sum(sizes[id_] for id_ in needed)
        seconds = waves * SLOW_3G["latency_s"] + weight / SLOW_3G["bytes_a_second"]
        assert len(needed) <= 3, path
        assert seconds < 1, f"{path}: {seconds:.2f} s, {weight:.0f} bytes"


def test_styles_are_asked_for_once_and_change_with_their_bytes(page: Page) -> None:
    """A browser keeps what has its version in its address; without it, it asks again."""
    page.goto("/")
    address = page.locator("link[rel=stylesheet]").first.get_attribute("href") or ""
    assert "immutable" in page.request.get(address).headers["cache-control"]
    assert page.request.get("/static/style.css?v=old").headers["cache-control"] == "no-cache"
    assert page.request.get(address).headers["content-encoding"] == "gzip"


def test_the_documentation_of_the_api_comes_from_here(page: Page, site: str) -> None:
    """`/docs` shows the operations without a byte from another host."""
    page.goto("/docs")
    page.get_by_text("/v1/dossiers", exact=True).first.wait_for()
    hosts = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)")
    assert set(hosts) == {site}
