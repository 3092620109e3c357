"""Every number of the leaders' pages is as many rows as the list it opens, and files say the same as the page."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import pypdfium2
import pytest
from fastapi.testclient import TestClient

from services import clock
from services.portal import leader_rows
from services.storage.database import Connection
from services.storage.on_time import GroupBy
from services.wording.numbers import write_share

NUMBER = re.compile(r'<a[^>]* href="([^"#]+)"[^>]*>([\d.]+)</a>')
MORE = re.compile(r'<a class="button second" href="([^"]+)">Xem tiếp')
LISTS = ("/lanh-dao/ho-so", "/so-lieu/ho-so", "/can-bo/gop-y", "/lanh-dao/chi-so-766/dong")


def page(pages: TestClient, address: str) -> str:
    """The page's text; one that fails is told by its address."""
    answer = pages.get(address)
    assert answer.status_code == 200, address
    return str(answer.text)


def numbers_of(text: str) -> dict[str, int]:
    """Numbers that open a list, by their address."""
    found = {unescape(address): int(shown.replace(".", "")) for address, shown in NUMBER.findall(text)}
    return {address: number for address, number in found.items() if address.startswith(LISTS)}


def count_rows(pages: TestClient, address: str | None) -> int:
    """Rows of a list over all its pages."""
    rows = 0
    while address:
        body = page(pages, address).split("<main")[1]
        lists = re.findall(r'<ul class="rows.*?</ul>', body, re.DOTALL)
        rows += body.count('<th scope="row">') + sum(one.count("<li>") for one in lists)
        more = MORE.search(body)
        address = unescape(more[1]) if more else None
    return rows


def queue_runs(connection: Connection) -> None:
    """Three runs wait, one is worked on, two want a person."""
    connection.execute(
        """INSERT INTO stage_run (id, dossier_id, stage, lane, subject, round, attempt, opened_at, relay_after,
               started_at, finished_at, worker, outcome)
           SELECT gen_random_uuid(), (SELECT min(id) FROM dossier), 'ocr', 'normal', 'document ' || n, 1, 1, now(),
                  now(), CASE WHEN n > 3 THEN now() END, CASE WHEN n > 4 THEN now() END,
                  CASE WHEN n > 3 THEN 'worker:1' END, CASE WHEN n > 4 THEN 'waits_for_person' END
           FROM generate_series(1, 6) n"""
    )


def test_every_number_opens_as_many_rows(
    pages: TestClient, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By each split, by day and by month: each number is followed and its rows are counted, over several pages."""
    monkeypatch.setattr(leader_rows, "ROWS", 7)
    queue_runs(connection)
    found: dict[str, int] = {}
    for by in GroupBy:
        if by not in {GroupBy.DAY, GroupBy.MONTH}:
            found |= numbers_of(page(pages, f"/lanh-dao?by={by}&period=year&step=month&whole=true"))
    found |= numbers_of(page(pages, "/lanh-dao?period=month&step=day"))
    for kind in ("of=ended", "of=missing", "of=soon", "of=overdue", "of=waiting", "of=working", "of=people",
                 "officer=", "channel=", "field=", "procedure=", "unit=", "verdict=late", "from="):  # fmt: skip
        assert any(kind in address and number for address, number in found.items()), kind
    wrong = {address: (number, rows) for address, number in found.items()
             if (rows := count_rows(pages, address)) != number}  # fmt: skip
    assert not wrong


def test_numbers_of_index_766_open_as_many_rows(pages: TestClient) -> None:
    """Dossiers and procedures, by unit and in all."""
    found = numbers_of(page(pages, "/lanh-dao/chi-so-766?by=unit"))
    assert len(found) > 20
    sample = dict(list(found.items())[:24])
    assert {address: count_rows(pages, address) for address in sample} == sample


def test_the_mean_times_are_those_of_the_rows(pages: TestClient) -> None:
    """Office and citizen: the mean of the list's columns is what the page says."""
    text = page(pages, "/lanh-dao?period=year")
    day = r'</a></td><td><a href="[^"]+">([\d,]+)'
    said = re.search(r'href="(/lanh-dao/ho-so\?of=ended[^"]+)">\d+' + day + day, text)
    assert said
    rows = re.findall(r'data-head="Ngày ở cơ quan">([\d,]+)</td><td data-head="Ngày ở người dân">([\d,]+)',
                      page(pages, unescape(said[1])))  # fmt: skip
    for column in (0, 1):
        mean = sum(float(row[column].replace(",", ".")) for row in rows) / len(rows)
        assert abs(mean - float(said[column + 2].replace(",", "."))) < 0.11


def test_what_may_be_late_is_a_list_of_as_many(pages: TestClient) -> None:
    """The forecast looks at as many dossiers as its own page lists, and writes hours with a comma."""
    said = re.search(r"trong ([\d.]+) hồ sơ đến hạn", page(pages, "/lanh-dao"))
    text = page(pages, "/lanh-dao/du-bao")
    assert said
    assert count_rows(pages, "/lanh-dao/du-bao") == int(said[1])
    assert re.search(r"\d,\d giờ làm việc", text)
    assert not re.search(r"\d\.\d giờ", text)


def text_of(pdf: bytes) -> str:
    """What is written in a PDF."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "\n".join(one.get_textpage().get_text_range() for one in document)


def test_the_board_is_a_pdf_with_the_numbers_of_the_csv(pages: TestClient) -> None:
    """Units by name, numbers as Vietnamese writes them, the moment and the formula below; officers for leaders."""
    for address in ("/so-lieu/tai-ve.{}?period=year&by=unit", "/lanh-dao/tai-ve.{}?period=year&by=officer",
                    "/lanh-dao/tai-ve.{}?step=day"):  # fmt: skip
        pdf = pages.get(address.format("pdf"))
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.headers["content-disposition"].endswith('.pdf"')
        shown = text_of(pdf.content)
        head, *rows = csv.reader(StringIO(pages.get(address.format("csv")).content.decode("utf-8-sig")))
        for row in (row for row in rows if len(row) == len(head)):
            assert row[0] in shown, address
            assert write_share(float(row[1]) if row[1] else None).replace("\xa0", " ") in shown.replace("\xa0", " ")
        assert f"{clock.in_vietnam(clock.now()):%d/%m/%Y}"[-4:] in shown
    assert "Xã Mẫu Sơn" in text_of(pages.get("/so-lieu/tai-ve.pdf?period=year&by=unit").content)


def test_each_part_is_a_file_with_its_numbers(pages: TestClient) -> None:
    """What is due, whose the days were, what is missing, what may be late: cells of the page, in every format."""
    shown = page(pages, "/lanh-dao?period=year")
    for part in ("soon", "spent", "missing", "forecast"):
        address = f"/lanh-dao/tai-ve/{part}.{{}}?period=year"
        assert address.format("csv") in unescape(shown)
        table = list(csv.reader(StringIO(pages.get(address.format("csv")).content.decode("utf-8-sig"))))
        rows = [row for row in table[1:] if len(row) == len(table[0])]
        assert rows, part
        listed = page(pages, "/lanh-dao/du-bao") if part == "forecast" else shown
        for row in rows:
            assert unescape(listed).count(row[0] if part != "forecast" else f">{row[0]}<") > 0, part
        numbers = [row[-1] for row in rows] if part in {"soon", "missing"} else []
        assert all(f">{number}</a></td></tr>" in shown for number in numbers), part
        paper = text_of(pages.get(address.format("pdf")).content)
        assert table[0][0] in paper
        assert pages.get(address.format("xlsx")).content[:2] == b"PK"
    spent = list(csv.reader(StringIO(pages.get("/lanh-dao/tai-ve/spent.csv?period=year").content.decode("utf-8-sig"))))
    for row in (row for row in spent[1:] if len(row) > 1):
        assert all(f">{float(days):.1f}</a>".replace(".", ",") in shown for days in row[2:])


def test_index_766_is_a_pdf(pages: TestClient) -> None:
    """Indicators by name in the reader's language, points with a comma."""
    shown = text_of(pages.get("/v1/index-766/export.pdf?lang=vi").content)
    assert "Chỉ số 766/QĐ-TTg" in shown
    assert "Xã Mẫu Sơn" in shown
    assert re.search(r"\d,\d", shown)
    assert "Index 766" in text_of(pages.get("/v1/index-766/export.pdf?lang=en").content)


def test_nobody_is_on_time_before_anybody_has_finished(bare: TestClient) -> None:
    """What is in progress in time alone makes no 100 %: a dash on pages, nothing in files; the API tells its own."""
    files = {"files": ("giay.pdf", b"%PDF-1.4 first", "application/pdf")}
    sent = bare.post("/v1/dossiers", files=files, data={"procedure": "1.004222", "channel": "1"})
    assert sent.status_code == 201
    total = bare.get("/v1/on-time").json()["total"]
    assert (total["received"], total["in_progress_in_time"], total["on_time_rate"]) == (1, 1, 1.0)
    for address in ("/lanh-dao", "/so-lieu"):
        shown = page(bare, address)
        assert "chưa có hồ sơ nào xong" in shown
        assert write_share(1.0) not in shown
    for address in ("/so-lieu/tai-ve.csv", "/lanh-dao/tai-ve.csv?by=unit"):
        assert "100" not in page(bare, address).replace("1004222", "")


def test_what_nobody_received_is_neither_due_nor_overdue(pages: TestClient, connection: Connection) -> None:
    """Time is counted from reception (Decree 118/2025, art. 17.3): the date of an unread dossier is only expected."""
    lists = {address for address in numbers_of(page(pages, "/lanh-dao")) if re.search(r"of=(soon|overdue)", address)}
    assert sum(count_rows(pages, address) for address in lists) > 0
    connection.execute("UPDATE dossier SET received_at = NULL WHERE result_at IS NULL")
    assert [count_rows(pages, address) for address in lists] == [0] * len(lists)
    assert not [one for one in numbers_of(page(pages, "/lanh-dao")) if re.search(r"of=(soon|overdue)", one)]
