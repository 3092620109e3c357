"""Answers cut for channels that take short messages."""

import pytest

from services.assistant.channels import LONGEST_ANSWER, part_text


@pytest.mark.parametrize(
    "text", ["", "ngắn", "một dòng\n" * 500, "chữ " * 1500, "x" * 4000, "đầu\n" + "y" * 2500 + "\ncuối"]
)
def test_parts_fit_and_lose_nothing_but_blanks(text: str) -> None:
    parts = part_text(text)
    assert all(len(part) <= LONGEST_ANSWER for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_lines_are_not_cut_where_they_fit() -> None:
    lines = [f"dòng {at} " + "z" * 300 for at in range(20)]
    assert [line for part in part_text("\n".join(lines)) for line in part.split("\n")] == lines
