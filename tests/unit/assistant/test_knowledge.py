"""Approved answers are found again for the same question only."""

from datetime import UTC, datetime

import pytest

from services.assistant.knowledge import Entry, find_entry

ENTRIES = [
    Entry(
        1,
        "Xã mình thứ bảy có làm thủ tục kết hôn không",
        "Có.",
        "1.000894",
        "TL-1",
        "Tỉnh",
        datetime(2026, 11, 24, tzinfo=UTC),
    ),
    Entry(
        2,
        "Gửi xe ở trung tâm hành chính công có mất tiền không",
        "Không.",
        "",
        "TL-2",
        "Tỉnh",
        datetime(2026, 11, 24, tzinfo=UTC),
    ),
]


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("thu bay xa minh co lam ket hon ko", 1),
        ("gửi xe ở trung tâm hành chính công mất tiền không ạ", 2),
        ("đăng ký kết hôn cần giấy tờ gì", None),
        ("", None),
    ],
)
def test_the_same_question_is_found(question: str, entry: int | None) -> None:
    found = find_entry(question, ENTRIES)
    assert (found.id if found else None) == entry
