"""What of the truth stands in a text, and an interpreter that is not there."""

from benchmarks.understanding import _other, _stands


def test_values_stand_in_a_text_as_papers_print_them() -> None:
    text = "cấp ngày 05 tháng 3 năm 2021, số 020 096 001234, vốn 45.000.000 đồng, nông thị hoa"
    assert _stands("2021-03-05", text)
    assert not _stands("2021-03-06", text)
    assert _stands("020096001234", text)
    assert _stands("45000000", text)
    assert _stands("Nông Thị Hoa", text)
    assert not _stands("Nông Thị Hòa", text)


def test_who_is_not_there_is_skipped_with_the_reason() -> None:
    assert set(_other("kreuzberg", "/nowhere/python", [])) == {"skipped"}
