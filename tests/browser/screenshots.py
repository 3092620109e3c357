"""`make screenshots`: every page over sample dossiers, those of figures over drawn months, into docs/pages/."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from services import clock
from services.access.roles import Role
from services.catalogue.plan import end_before
from services.settings import get_settings
from services.stack.demo import run_demo
from services.stack.submit import dossiers_of
from services.stack.supervisor import Plan, Stack
from services.storage.database import connect
from services.storage.practice import note_practice
from services.storage.procedures import store_procedures, versions_of
from services.storage.units import close_unit
from services.training.tasks import all_tasks
from tests.builders.province import draw_province

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs/pages"
LIMIT_S = 600.0
COLOURS = 64
SIZES = {"computer": {"width": 1200, "height": 800}, "phone": {"width": 360, "height": 740}}
PAGES = {
    "home": "/", "search": "/thu-tuc?q=vo+toi+moi+sinh", "procedure": "/thu-tuc/1.001193",
    "hand-in": "/nop-ho-so?procedure=1.001193", "nothing-found": "/thu-tuc?q=xe+may+bay+truc+thang",
    "follow": "/tra-cuu", "missing": "/khong-co", "assistant": "/hoi-dap",
    "work-list": "/can-bo", "practice": "/tap-su",
    "admin": "/quan-tri", "admin-catalogue": "/quan-tri/thu-tuc", "admin-procedure": "/quan-tri/thu-tuc/1.001193",
    "admin-version": "/quan-tri/thu-tuc/1.001193/sua", "admin-import": "/quan-tri/thu-tuc-nhap",
    "admin-units": "/quan-tri/don-vi", "admin-unit": "/quan-tri/don-vi/05977", "admin-calendar": "/quan-tri/lich/20",
    "admin-accounts": "/quan-tri/tai-khoan", "admin-account": "/quan-tri/tai-khoan/nong.thi.hoa",
    "admin-tokens": "/quan-tri/ma-truy-cap", "admin-webhooks": "/quan-tri/bao-tin", "admin-machine": "/quan-tri/may",
    "admin-models": "/quan-tri/mo-hinh", "admin-audit": "/quan-tri/nhat-ky",
    "work-list-near": "/can-bo?show=near", "counter": "/can-bo/ho-so-moi?q=vo+toi+moi+sinh",
    "practice-task": "/tap-su/ask_once", "practice-record": "/lanh-dao/tap-su/nong.thi.hoa",
    "admin-compare": "/quan-tri/thu-tuc/1.001193/so-sanh?old=1&new=2",
    "admin-succession": "/quan-tri/don-vi/06541/ke-thua", "admin-calendars": "/quan-tri/lich",
}  # fmt: skip
FIGURES = {
    "leader": "/lanh-dao?period=year", "leader-charts": "/lanh-dao?period=year#by",
    "board": "/so-lieu?period=year", "feedback": "/can-bo/gop-y",
    "index-766": "/lanh-dao/chi-so-766", "forecast": "/lanh-dao/du-bao", "practice-coverage": "/lanh-dao/tap-su",
    "rows": "/lanh-dao/ho-so?of=soon", "assistant-figures": "/so-lieu/tro-ly",
}  # fmt: skip
"""What samples of one day leave empty: looked at over months of drawn dossiers."""
DRAWN = 600
OF_A_DOSSIER = {"dossier": "", "sorting": "/giay-to", "procedure-choice": "/thu-tuc?q=ket+hon"}
STAFF = (
    ("nong.thi.hoa", "Nông Thị Hoa", Role.ONE_STOP, "05977"), ("hoang.van.tho", "Hoàng Văn Thọ", Role.HEAD, "tinh"),
    ("ly.thi.mai", "Lý Thị Mai", Role.ADMINISTRATOR, "20"),
)  # fmt: skip


def take_all(browser: Browser, address: str, pages: Mapping[str, str]) -> None:
    """One picture a page and size."""
    for size, viewport in SIZES.items():
        context = browser.new_context(base_url=address, viewport=viewport)  # type: ignore[arg-type]
        page = context.new_page()
        if pages is not FIGURES:
            take_a_citizens_own(page, size)
        for name, address_of in pages.items():
            page.goto(address_of, wait_until="networkidle")
            if name == "assistant":
                page.locator("#text").fill("đăng ký khai sinh cho con cần giấy tờ gì?")
                page.keyboard.press("Enter")
                page.locator(".reply").first.wait_for()
            if name == "hand-in":
                page.locator("#files").set_input_files(sorted((ROOT / "samples/dossiers").glob("*/*.*"))[:2])
                page.locator("[data-files] progress[hidden]").nth(1).wait_for(state="attached")
            if name == "dossier":
                page.locator(".field input[name=value]").first.focus()
            take(page, f"{name}-{size}")
        context.close()


def take(page: Page, name: str) -> None:
    """One picture as small as it stays readable."""
    path = TARGET / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(path, optimize=True)


def take_a_citizens_own(page: Page, size: str) -> None:
    """What only the holder of a dossier sees: the look before, the receipt, the dossier while it is handled."""
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files(sorted((ROOT / "samples/dossiers/dossier-01").glob("*.[pj][np]g")))
    page.locator("[data-look]").click()
    page.locator("[data-looked] h2").wait_for(timeout=LIMIT_S * 1000)
    page.locator("[data-looked]").scroll_into_view_if_needed()
    take(page, f"look-{size}")
    page.locator("button:not([data-look]):not([type=button])").last.click()
    page.locator(".slip").wait_for()
    take(page, f"receipt-{size}")
    page.locator("a.button").first.click()
    page.locator("#now > div:not([hx-get])").wait_for(timeout=LIMIT_S * 1000)
    take(page, f"tracking-{size}")


def add_staff(url: str) -> None:
    """Invented officials, so that the administrator's pages have somebody to show."""
    with httpx.Client(base_url=url) as client:
        for name, display, role, unit in STAFF:
            made = {"name": name, "display": display, "roles": [role], "units": [unit]}
            client.post("/v1/accounts", json=made).raise_for_status()
        client.post("/v1/tokens", json={"name": "Máy đồng bộ", "permits": ["read", "synchronise"]}).raise_for_status()


def add_work(stack: Stack) -> str:
    """Tasks practised, a procedure of two versions, a closed unit, and a dossier with a file that
    cannot be opened: its code."""
    now = clock.now()
    today = clock.in_vietnam(now).date()
    with connect(stack.settings.database_url) as connection:
        for number, task in enumerate(all_tasks()[:4]):
            note_practice(connection, STAFF[0][0], task.id, passed=False, at=now - timedelta(minutes=9 - number))
            note_practice(connection, STAFF[0][0], task.id, passed=number < 3, at=now - timedelta(minutes=8 - number))
        old = versions_of(connection, "1.001193")[0]
        new = replace(old, version=2, effective_from=today, notes=("Nộp trực tuyến được giảm nửa lệ phí.",))
        store_procedures(connection, [end_before(old, today), new])
        close_unit(connection, "06541", today - timedelta(days=1))
    with httpx.Client(base_url=stack.url, timeout=60) as client:
        paper = next(iter(sorted((ROOT / "samples/dossiers").glob("*/*.*"))))
        files = [("files", (paper.name, paper.read_bytes())), ("files", ("rỗng.pdf", b""))]
        made = client.post("/v1/dossiers", files=files, data={"procedure": "1.001193", "channel": "1"})
        code: str = made.raise_for_status().json()["code"]
        until = monotonic() + LIMIT_S
        while client.get(f"/v1/dossiers/{code}").json()["road"] == "moving" and monotonic() < until:
            sleep(1)
    return code


def main() -> None:
    """Start the stack in a fresh folder, hand in the samples, look at every page, stop."""
    TARGET.mkdir(exist_ok=True)
    bundles = dossiers_of(ROOT / "samples/dossiers")[:8]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        TemporaryDirectory(prefix="motcua-pages-") as folder,
        sync_playwright() as playwright,
        Stack(Plan(Path(folder), is_open=True), get_settings()) as stack,
    ):
        made = run_demo(stack.url, bundles, stack.settings, LIMIT_S, lambda *_: None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        add_staff(stack.url)
        code = made.report["dossiers"][0]["code"]
        desk = {name: f"/can-bo/ho-so/{code}{page}" for name, page in OF_A_DOSSIER.items()}
        desk["unopened"] = f"/can-bo/ho-so/{add_work(stack)}"
        take_all(browser, stack.url, PAGES | desk)
        with connect(stack.settings.database_url) as connection:
            draw_province(connection, clock.now(), DRAWN)
        take_all(browser, stack.url, FIGURES)
        browser.close()


if __name__ == "__main__":
    main()
