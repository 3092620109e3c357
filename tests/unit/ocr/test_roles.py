"""Headings, page numbers, margins and entry stamps are told from running text by place and shape."""

import json

from services.dossier.page import Box, Line, Mark, MarkKind, Page, TextSource, Word
from services.ocr.roles import Role, roles_of
from services.ocr.words_json import words_json


def line(
    text: str, left: float, top: float, right: float, *, sure: float = 0.95, cell: tuple[int, int] | None = None
) -> Line:
    return Line((Word(text, Box(left, top, right, top + 0.012), sure),), cell=cell)


BODY = [line(f"Dòng thứ {at} của văn bản này chạy hết chiều ngang", 0.15, 0.3 + at * 0.02, 0.9) for at in range(5)]


def test_what_stands_where() -> None:
    page = [
        line("2", 0.5, 0.03, 0.51),
        line("QUYẾT ĐỊNH", 0.42, 0.2, 0.62),
        line("Căn cứ Luật", 0.15, 0.25, 0.4),
        *BODY,
        line("Đã thu lệ phí", 0.02, 0.36, 0.11),
        line("UBND", 0.4, 0.5, 0.6, cell=(0, 1)),
    ]
    found = roles_of(page)
    assert found == (Role.PAGE_NUMBER, Role.HEADING, None, *[None] * 5, Role.SIDE_NOTE, None)


def test_a_number_in_the_text_or_beside_a_word_is_no_page_number() -> None:
    assert roles_of([*BODY, line("12", 0.5, 0.5, 0.52)])[-1] is None
    assert roles_of([line("Số:", 0.2, 0.03, 0.3), line("12", 0.5, 0.03, 0.52), *BODY])[1] is None


def test_an_entry_stamp_is_known_by_its_words() -> None:
    stamp = [line("ĐẾN", 0.1, 0.15, 0.2), line("Số: 1523", 0.08, 0.17, 0.2), line("Ngày: 02/3/2026", 0.08, 0.19, 0.22)]
    assert roles_of([*BODY, *stamp])[-3:] == (Role.STAMP,) * 3
    assert Role.STAMP not in roles_of([line("ĐẾN", 0.5, 0.2, 0.6), *BODY])


def test_letters_along_a_seal_are_part_of_it_and_the_name_under_it_is_not() -> None:
    seal = Mark(MarkKind.RED_STAMP, Box(0.5, 0.6, 0.7, 0.75))
    rim, name = line("UYBA NNH", 0.55, 0.62, 0.6, sure=0.3), line("Lê Thị Hoa", 0.55, 0.7, 0.68)
    assert roles_of([*BODY, rim, name], [seal])[-2:] == (Role.STAMP, None)


def test_the_words_file_says_roles_and_nothing_where_there_is_none() -> None:
    lines = (line("QUYẾT ĐỊNH", 0.42, 0.2, 0.62), *BODY)
    (page,) = json.loads(words_json([Page(1, 100, 140, lines, TextSource.OCR, "trueocr")]))
    assert [one.get("role") for one in page["lines"]] == ["heading", *[None] * 5]


def test_an_empty_page() -> None:
    assert roles_of([]) == ()
