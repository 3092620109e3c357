"""What holds for each page: readable by all (WCAG 2.2 AA by axe-core), as wide as a phone, light to load."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page

from services import clock
from services.access.roles import Role
from services.access.units import load_shipped_units
from services.catalogue.plan import end_before
from services.settings import Settings
from services.storage.accounts import add_account
from services.storage.database import Connection
from services.storage.procedures import store_procedures, versions_of
from services.storage.units import add_missing_units
from tests.browser.test_citizen import PHOTO
from tests.browser.violations import find_dark_violations, find_violations
from tests.builders.province import draw_province
from tests.builders.read_dossier import leave_read
from tests.builders.unopened import leave_unopened

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
FOR_OFFICERS = [
    "/can-bo", "/can-bo?show=near", "/can-bo?show=overdue", "/can-bo/ho-so/{code}", "/can-bo/ho-so/{code}/giay-to",
    "/can-bo/ho-so/{code}/thu-tuc", "/can-bo/ho-so/{code}/thu-tuc?q=ket+hon", "/can-bo/ho-so-moi",
    "/can-bo/ho-so-moi?q=ket+hon", "/tap-su/correct_fields", "/tap-su/ket-qua", "/lanh-dao/tap-su",
    "/lanh-dao/tap-su/nong.hoa", "/quan-tri/don-vi/05977/ke-thua?to=05986", "/quan-tri/thu-tuc/1.001193",
    "/quan-tri/thu-tuc/1.001193/so-sanh?old=1&new=2", "/quan-tri/thu-tuc/1.001193/sua?like=1",
]  # fmt: skip
PAGES = pytest.mark.parametrize(
    "pages", [FOR_ALL, FOR_LEADERS, FOR_ADMINISTRATORS, FOR_OFFICERS],
    ids=["for_all", "for_leaders", "for_administrators", "for_officers"],
)  # fmt: skip
FOR_CITIZENS = [
    "/", "/thu-tuc?q=ket+hon", "/thu-tuc/1.001193", "/nop-ho-so?procedure=1.001193", "/tra-cuu", "/hoi-dap", "/so-lieu",
]  # fmt: skip
PAINTED = """new Promise(tell => new PerformanceObserver((list) => {
    const first = list.getEntriesByName('first-contentful-paint')[0];
    if (first) tell(first.startTime);
}).observe({ type: 'paint', buffered: true }))"""
MOST_BYTES = 150 * 1024
MOST_SECONDS = 0.8
"""Of the second, what counts for latency and bytes; the rest is for the server and the phone."""
CALM_MS = 60
ENDLESS = {"EventSource", "Other"}
SLOW_3G = {"latency_s": 0.4, "bytes_a_second": 400_000 / 8}
"""The profile of browsers' own tools: 400 kbit/s, 400 ms for each question and answer."""


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """The province's units are there."""
    add_missing_units(connection, load_shipped_units())
    return settings


@pytest.fixture
def paths(pages: list[str], site: str, connection: Connection, tmp_path: Path) -> list[str]:
    """The addresses; for officers there is work: a drawn province, an account, a procedure of two versions, and a
    dossier that was read, with a file that could not be opened."""
    if pages is not FOR_OFFICERS:
        return pages
    draw_province(connection, clock.now(), 40)
    add_account(connection, "nong.hoa", "Mot cua 2026", [Role.HANDLER], ["05977"], display="Nông Hoa", at=clock.now())
    today = clock.in_vietnam(clock.now()).date()
    old = versions_of(connection, "1.001193")[0]
    new = replace(old, version=2, effective_from=today, notes=("Nộp trực tuyến được giảm nửa lệ phí.",))
    store_procedures(connection, [end_before(old, today), new])
    files = [
        ("files", (name, data, "application/pdf")) for name, data in (("một.pdf", b"%PDF-1.4 one"), ("rỗng.pdf", b""))
    ]
    code = httpx.post(f"{site}/v1/dossiers", files=files, data={"procedure": "1.001193", "channel": "1"}).json()["code"]
    leave_read(connection, code)
    leave_unopened(connection, code, 2, b"", tmp_path)
    return [path.format(code=code) for path in pages]


@PAGES
def test_axe_finds_nothing_and_a_phone_holds_it(page: Page, paths: list[str]) -> None:
    """No violation on any page, in daylight and at night; 360 pixels hold it, wide tables scroll inside themselves."""
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        for found in (find_violations(page), find_dark_violations(page)):
            assert not found, f"{path}: {found}"


@dataclass
class FirstVisit:
    """What a browser that knows nothing loads, by the request's id: kinds, bytes on the line; and hosts asked."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    def listen(self, tools: CDPSession) -> None:
        """Note what the browser's own tools tell."""
        tools.on("Network.requestWillBeSent", self._sent)
        tools.on(
            "Network.loadingFinished", lambda told: self.sizes.update({told["requestId"]: told["encodedDataLength"]})
        )
        tools.on("Network.loadingFailed", lambda told: self.sizes.update({told["requestId"]: 0.0}))
        tools.send("Network.enable")

    def is_over(self) -> bool:
        """Whether nothing is on its way any more; a stream never ends, and of a known icon no end is told."""
        return {id_ for id_, kind in self.kinds.items() if kind not in ENDLESS} <= set(self.sizes)

    def _sent(self, told: dict[str, Any]) -> None:
        self.kinds[told["requestId"]] = told["type"]
        address = urlsplit(told["request"]["url"])
        if address.scheme != "data":  # a picture within the styles
            self.hosts.add(f"{address.scheme}://{address.netloc}")


def visit_first(browser: Browser, site: str, path: str) -> FirstVisit:
    """A first visit, until scripts have asked for nothing more for a while."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    visit = FirstVisit()
    visit.listen(context.new_cdp_session(page))
    page.goto(path)
    page.wait_for_timeout(CALM_MS)
    until = monotonic() + 10
    while not visit.is_over() and monotonic() < until:
        page.wait_for_timeout(CALM_MS)
    context.close()
    assert visit.is_over(), f"{path}: {[kind for id_, kind in visit.kinds.items() if id_ not in visit.sizes]}"
    return visit


@PAGES
def test_first_visits_are_light_all_from_here_and_readable_within_a_second_on_slow_3g(
    browser: Browser, site: str, pages: list[str], paths: list[str]
) -> None:
    """At most 150 KB in all, not one byte from another host, and what must arrive before the first letter is seen (the
    page and its styles, in two waves) comes within a second on a slow line; counted, not timed."""
    for path in paths:
        visit = visit_first(browser, site, path)
        assert visit.hosts <= {site}, path
        assert 0 < sum(visit.sizes.values()) <= MOST_BYTES, path
        needed = [id_ for id_, kind in visit.kinds.items() if kind in {"Document", "Stylesheet"}]
        waves = 1 + any(visit.kinds[id_] == "Stylesheet" for id_ in needed)
        weight = sum(visit.sizes[id_] for id_ in needed)
        seconds = waves * SLOW_3G["latency_s"] + weight / SLOW_3G["bytes_a_second"]
        # administrators have a line of their own
        assert len(needed) <= 3 or pages is FOR_ADMINISTRATORS, path
        # its own styles beside those of every page: what an official opens, who has the first of them kept
        most = 1 if waves > 1 else MOST_SECONDS
        assert seconds < most or pages is FOR_ADMINISTRATORS, f"{path}: {seconds:.2f} s, {weight:.0f} bytes"


def test_a_page_is_seen_within_a_second_on_a_slow_line(browser: Browser, site: str) -> None:
    """The same, felt: Chromium's own throttle, a phone that knows nothing, until the first letter is painted."""
    for path in FOR_CITIZENS:
        painted = min(first_paint_ms(browser, site, path) for _ in range(3))
        assert painted < 1000, f"{path}: {painted:.0f} ms"


def first_paint_ms(browser: Browser, site: str, path: str) -> float:
    """From the question to the first letter, on the line of `SLOW_3G`."""
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    line = {
        "offline": False, "latency": SLOW_3G["latency_s"] * 1000, "downloadThroughput": SLOW_3G["bytes_a_second"],
        "uploadThroughput": SLOW_3G["bytes_a_second"],
    }  # fmt: skip
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.goto(path)
    painted: float = page.evaluate(PAINTED)
    context.close()
    return painted


def test_the_pages_of_a_dossier_hold_the_same(page: Page, connection: Connection) -> None:
    """Receipt and tracking page, also with what will likely be asked for: as readable, as narrow, as light."""
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.locator(".slip").wait_for()
    assert not find_violations(page) + find_dark_violations(page)
    said = '{"id": "check.missing_paper", "params": {"name": "Giấy chứng sinh"}}'
    connection.execute(
        """INSERT INTO finding (dossier_id, stage, subject, number, rule, severity, sentence, places)
           SELECT id, 'check', 'dossier', 1, 'missing_paper', 'blocking', %s, '[]' FROM dossier""",
        (said,),
    )
    code = (connection.execute("UPDATE dossier SET road = 'finished' RETURNING code").fetchone() or ("",))[0]
    page.emulate_media(color_scheme="light")
    visit = FirstVisit()
    visit.listen(page.context.new_cdp_session(page))
    page.goto(f"/ho-so/{code}")
    page.locator("#con-thieu").wait_for()
    page.wait_for_load_state("networkidle")
    assert 0 < sum(visit.sizes.values()) <= MOST_BYTES
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not find_violations(page) + find_dark_violations(page)


def test_styles_are_asked_for_once_and_change_with_their_bytes(page: Page) -> None:
    """A browser keeps what has its version in its address; without it, it asks again."""
    page.goto("/")
    assert page.locator("link[rel=stylesheet]").count() == 0
    # who is signed in opens many pages: their browser keeps the file
    page.set_extra_http_headers({"cookie": "motcua_session=none"})
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
