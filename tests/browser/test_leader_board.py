"""The leaders' pages over a province of two thousand dossiers: each number is the one of the API and of the rows."""

import csv
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from services import clock
from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.portal.leader_period import SOON, Span, since
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import Connection, connect
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units
from services.storage.worklist import OPEN
from services.wording.numbers import write_number, write_share
from tests.browser.violations import find_dark_violations, find_violations
from tests.builders.postgres import drop_database
from tests.builders.province import draw_province
from tests.integration.portal.test_leader import queue_runs, text_of

COUNT = 2000
PARTS = ("sharedStrings", "worksheets/sheet1")
GROUPS = ("unit", "procedure", "field", "officer", "channel")
FULL = ("/lanh-dao?period=year&by=procedure&step=month", "/lanh-dao/du-bao", "/lanh-dao/chi-so-766?by=unit",
        "/lanh-dao/ho-so?of=missing&period=year&paper=x", "/so-lieu?period=year&by=unit")  # fmt: skip


@pytest.fixture(scope="module")
def database_template(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The province, drawn once and copied for each test."""
    name = "template_province"
    with connect(postgres.copy_database("template_motcua", name)) as connection:
        add_missing(connection, load_shipped())
        add_missing_units(connection, load_shipped_units())
        draw_province(connection, clock.now(), COUNT)
    yield name
    drop_database(postgres, name)


def api(page: Page, path: str, **asked: object) -> dict[str, Any]:
    """What the API tells of the same."""
    base = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}"
    found: dict[str, Any] = httpx.get(base + path, params=asked, timeout=60).raise_for_status().json()  # type: ignore[arg-type]
    return found


def told(figures: dict[str, Any]) -> str:
    """The rate as people are told it: none while nothing is finished or overdue."""
    judged = sum(figures[one] for one in ("early", "on_time", "late", "in_progress_overdue"))
    return write_share(figures["on_time_rate"] if judged else None)


def cells(row: Locator) -> list[str]:
    """The texts of a row's data cells."""
    return [text.strip() for text in row.locator("td").all_inner_texts()]


def section(page: Page, heading: str) -> Locator:
    """The part of the page below a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=heading, exact=True))


def shown(*numbers: int) -> list[str]:
    """Counts as the page writes them."""
    return [write_number(number) for number in numbers]


def group_of(link: str, by: str) -> str:
    """The group that a number's link opens."""
    asked = parse_qs(urlsplit(link).query)
    return asked["from"][0][: 7 if by == "month" else 10] if by in {"day", "month"} else asked.get(by, [""])[0]


def check_table(rows: Locator, figures: dict[str, Any], by: str) -> None:
    """A row a group of the API, with its figures; a group of no name has no filter to open."""
    groups = {one["group"]: one for one in figures["groups"]}
    assert rows.count() == len(groups) > 1
    for row in rows.all():
        one = groups.pop(group_of(row.locator("a").first.get_attribute("href") or "", by))
        assert cells(row) == [told(one), *shown(one["received"], one["late"], one["in_progress_overdue"])]
    assert not groups


def test_today_month_and_year_are_those_of_the_api(page: Page) -> None:
    """The three cards: share, received, late, overdue; the year's numbers are not nought."""
    page.goto("/lanh-dao")
    for span, card in zip(Span, page.locator(".numbers.three li").all(), strict=True):
        total = api(page, "/v1/on-time", **{"from": since(span, clock.now()).astimezone(clock.VIETNAM).date()})["total"]
        assert card.locator("b").inner_text() == told(total)
        assert card.locator(".parts a").all_inner_texts() == shown(
            total["received"], total["late"], total["in_progress_overdue"]
        )
    assert total["received"] > COUNT * 0.9
    assert total["late"] > 0


def test_each_split_and_the_trend_are_those_of_the_api(page: Page) -> None:
    """By unit, procedure, field, officer, channel, and by day and month; bars and points stand for the same."""
    year = str(since(Span.YEAR, clock.now()).astimezone(clock.VIETNAM).date())
    for by in GROUPS:
        page.goto(f"/lanh-dao?period=year&by={by}&whole=true")
        figures = api(page, "/v1/on-time", by=by, **{"from": year})
        check_table(page.locator("#by tbody tr"), figures, by)
        bars = Counter(page.locator("#by .bar b").all_inner_texts())
        assert bars == Counter(shown(*(one["received"] for one in figures["groups"])))
    for step in ("day", "month"):
        page.goto(f"/lanh-dao?step={step}")
        page.locator("#step details").evaluate("one => one.open = true")
        rows = page.locator("#step tbody tr")
        days = [group_of(row.locator("a").first.get_attribute("href") or "", step) for row in rows.all()]
        first = min(days) if step == "day" else f"{min(days)}-01"
        figures = api(page, "/v1/on-time", by=step, **{"from": first})
        check_table(rows, figures, step)
        points = [one.text_content() or "" for one in page.locator("#step circle title").all()]
        assert [point.split(": ")[1] for point in points] == [
            told(one) for one in figures["groups"] if told(one) != "–"
        ]


def test_what_is_due_missing_and_whose_the_days_were_are_those_of_the_rows(page: Page, connection: Connection) -> None:
    """Counted again here, row by row, from dossiers, findings and histories."""
    page.goto("/lanh-dao?period=year")
    now, begins = clock.now(), since(Span.YEAR, clock.now())
    dossiers = connection.execute(
        "SELECT id, unit, received_at, result_at, late_after, paused_at, status, procedure, submitted_at FROM dossier"
    ).fetchall()
    due: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, unit, received, result, late, paused, status, *_ in dossiers:
        running = received is not None and result is None and paused is None and status in OPEN
        if running and late is not None and late < now + SOON:
            due[unit][late >= now] += 1
    found = [cells(row) for row in section(page, "Sẽ đến hạn trong 7 ngày").locator("tbody tr").all()]
    assert sorted(found) == sorted(shown(*counts) for counts in due.values())
    check_times(page, connection, [row for row in dossiers if row[3] is not None and begins <= row[3] < now])
    lacking = connection.execute(
        """SELECT DISTINCT d.id, d.procedure, f.sentence #>> '{params,name}' FROM finding f
           JOIN dossier d ON d.id = f.dossier_id WHERE f.rule = 'missing_paper' AND d.submitted_at >= %s""", (begins,)
    ).fetchall()  # fmt: skip
    counted = Counter((procedure, paper) for _, procedure, paper in lacking)
    rows = section(page, "Giấy tờ hay thiếu nhất theo thủ tục").locator("tbody tr:has(td)").all()
    for row in rows:
        asked = parse_qs(urlsplit(row.locator("a").get_attribute("href") or "").query)
        number = counted[asked["procedure"][0], asked["paper"][0]]
        assert cells(row) == [asked["paper"][0], *shown(number)]
    assert len(rows) == min(20, len(counted))


def check_times(page: Page, connection: Connection, ended: list[tuple[Any, ...]]) -> None:
    """Mean days with office and citizen by unit; the bars are as long as both together."""
    waits: dict[int, float] = defaultdict(float)
    asked: dict[int, Any] = {}
    for id_, kind, at in connection.execute("SELECT dossier_id, kind, at FROM history ORDER BY dossier_id, number"):
        if begun := asked.pop(id_, None):
            waits[id_] += (at - begun).total_seconds()
        if kind == "supplement_requested":
            asked[id_] = at
    by_unit: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for id_, unit, received, result, *_ in ended:
        his = waits[id_] / 86400
        by_unit[unit].append(((result - received).total_seconds() / 86400 - his, his))
    part = section(page, "Thời gian ở cơ quan và ở người dân")
    for row in part.locator("tbody tr").all():
        unit = parse_qs(urlsplit(row.locator("a").first.get_attribute("href") or "").query)["unit"][0]
        days = by_unit.pop(unit)
        means = [sum(one[side] for one in days) / len(days) for side in (0, 1)]
        assert cells(row) == [*shown(len(days)), *(write_number(mean, places=1) for mean in means)]
    assert not by_unit
    drawn = [(one.locator(".office"), one.locator(".citizen")) for one in part.locator(".bar").all()]
    widths = [sum(float(piece.get_attribute("width") or 0) for piece in both) for both in drawn]
    assert max(widths) == pytest.approx(600, abs=0.1)


def test_forecast_index_and_queues_are_those_of_the_api(page: Page, connection: Connection) -> None:
    """What may be late, the points of the month, work that waits; the numbers lead to as many rows."""
    queue_runs(connection)
    page.goto("/lanh-dao")
    foreseen = api(page, "/v1/forecast", days=7, limit=1000)
    part = section(page, "Có thể trễ trong 7 ngày tới")
    expect(part).to_contain_text(
        f"{write_number(round(foreseen['expected_late'], 1))} trong {write_number(foreseen['looked_at'])} hồ sơ"
    )
    codes = [one["code"] for one in foreseen["items"]]
    assert part.locator("tbody .code").all_inner_texts() == codes[:8]
    total = api(page, "/v1/index-766")["total"]
    points = f"{write_number(total['points'], places=2)} / {write_number(total['reachable'], places=2)}"
    expect(page.get_by_role("link", name="Chỉ số 766")).to_contain_text(points)
    machine = api(page, "/v1/machine")
    ocr = next(row for row in section(page, "Máy đọc hồ sơ").locator("tbody tr").all() if "Đọc chữ" in row.inner_text())
    waiting = sum(one["waiting"] for one in machine["queues"] if one["stage"] == "ocr")
    working = sum(one["working"] for one in machine["queues"] if one["stage"] == "ocr")
    assert cells(ocr)[:3] == shown(waiting, working, machine["waiting_for_person"]["ocr"]) == ["3", "1", "2"]
    page.get_by_text("tiến trình làm việc trong một giờ qua").click()
    busy = page.locator("details tr", has_text="worker:1").locator("td a").first
    expect(busy).to_have_text("1")
    busy.click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    page.goto("/lanh-dao/du-bao")
    assert page.locator("main tbody .code").all_inner_texts() == codes


def sheet_of(book: bytes) -> list[list[str | float]]:
    """The cells of a workbook's first sheet (ECMA-376: shared strings by number, numbers as they are)."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(BytesIO(book)) as parts:
        # a file of our own
        shared, sheet = (ET.fromstring(parts.read(f"xl/{name}.xml")) for name in PARTS)  # noqa: S314
    texts = ["".join(one.itertext()) for one in shared.iter(f"{space}si")]
    return [
        [
            texts[int(cell[0].text or 0)] if cell.get("t") == "s" else float(cell[0].text or 0)
            for cell in row
            if len(cell)
        ]
        for row in sheet.iter(f"{space}row")
    ]


def test_files_hold_the_numbers_of_the_api(page: Page) -> None:
    """XLSX, CSV and PDF by unit: opened and compared cell by cell."""
    page.goto("/lanh-dao?period=year&by=unit")
    year = str(since(Span.YEAR, clock.now()).astimezone(clock.VIETNAM).date())
    figures = api(page, "/v1/on-time", by="unit", **{"from": year})
    names = {one["id"]: one["name"] for one in api(page, "/v1/units")["items"]}
    verdicts = ("early", "on_time", "late", "in_progress_in_time", "in_progress_overdue", "paused", "undated")
    wanted = [[names.get(one["group"], "Tổng"), one["on_time_rate"], one["received"], *(one[key] for key in verdicts)]
              for one in (*figures["groups"], figures["total"])]  # fmt: skip
    files = {}
    for kind in ("XLSX", "CSV", "PDF"):
        with page.expect_download() as caught:
            page.locator("#by").get_by_role("link", name=f"Tải {kind}").click()
        files[kind] = caught.value.path().read_bytes()
    assert sheet_of(files["XLSX"])[1 : 1 + len(wanted)] == wanted
    read = list(csv.reader(StringIO(files["CSV"].decode("utf-8-sig"))))[1 : 1 + len(wanted)]
    assert read == [[str(cell) for cell in row] for row in wanted]
    paper = text_of(files["PDF"]).replace("\xa0", " ")
    for name, rate, *counts in wanted:
        numbers = " ".join(shown(*counts))
        assert f"{name} {write_share(rate)} {numbers}".replace("\xa0", " ") in " ".join(paper.split())


def test_full_pages_are_readable_by_all(page: Page) -> None:
    """With rows and charts in them: axe-core finds nothing by day or night, a phone holds them, English has its own."""
    for path in FULL:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = find_violations(page) + find_dark_violations(page)
        assert not found, f"{path}: {found}"
    page.goto("/lanh-dao?period=year&lang=en")
    year = str(since(Span.YEAR, clock.now()).astimezone(clock.VIETNAM).date())
    total = api(page, "/v1/on-time", **{"from": year})["total"]
    card = page.locator(".numbers.three li").nth(2)
    expect(card.locator("b")).to_have_text(f"{total['on_time_rate'] * 100:.1f}%")
    expect(card.locator(".parts a").first).to_have_text(f"{total['received']:,}")
    expect(page.locator("main > .quiet").first).to_contain_text(f"{clock.in_vietnam(clock.now()):%b %Y}")


def test_paper_says_what_was_chosen(page: Page) -> None:
    """In print the period and the split stay, what else could be chosen and downloaded goes."""
    page.goto("/lanh-dao?period=year&by=unit")
    page.emulate_media(media="print")
    expect(page.locator("#period nav a:visible")).to_have_text(["Năm nay"])
    expect(page.locator("#by nav a:visible")).to_have_text(["Đơn vị"])
    expect(page.locator("#by .bar").first).to_be_visible()
    expect(page.locator(".act:visible, .files-of:visible, header:visible")).to_have_count(0)


def test_a_figure_is_of_the_moment_it_says(page: Page, connection: Connection) -> None:
    """A dossier received this minute is counted when the page is asked for again."""
    page.goto("/lanh-dao")
    received = page.locator(".numbers.three li").first.locator(".parts a").first
    before = int(received.inner_text())
    changed = connection.execute(
        """UPDATE dossier SET received_at = %s WHERE id = (SELECT max(id) FROM dossier WHERE received_at < %s)""",
        (clock.now(), clock.now() - timedelta(days=2)),
    )
    assert changed.rowcount == 1
    page.reload()
    expect(received).to_have_text(str(before + 1))
