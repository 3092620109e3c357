"""Sums that only a remark names, and units that only the steps name."""

from datetime import date

from services.catalogue.portal_remarks import StatedSum, read_sums
from services.catalogue.portal_times import parse_rows
from services.deadline.lead import LeadTime, LeadUnit

TODAY = date(2026, 7, 20)


def test_a_sum_in_a_remark_is_told_with_what_it_is_for() -> None:
    """The column says free, the remark says what is paid; what held until a day gone by is left out."""
    table = (
        "Trực tuyến5 Ngày làm việcMiễn phí(Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần. Trường hợp trực tuyến: Kể từ "
        "ngày 01/12/2023 đến hết ngày 31/12/2025, áp dụng mức thu lệ phí là 115.000 đồng/lần cấp.)"
    )
    assert read_sums(table, TODAY) == (StatedSum(135000, "VND", "lần", "Lệ phí cấp giấy phép lái xe"),)


def test_dollars_and_a_day_to_come_are_kept() -> None:
    """The same sum in column and remark is one, with the remark's words."""
    table = "Trực tuyến5 Ngày làm việc145 USD(Thẻ có thời hạn 02 năm: 145 USD/thẻ.)"
    assert read_sums(table, TODAY) == (StatedSum(145, "USD", "thẻ", "Thẻ có thời hạn 02 năm"),)
    (stated,) = read_sums("Trực tiếp3 Ngày(áp dụng 25.000 đồng/hồ sơ đến hết ngày 31/12/2026)", TODAY)
    assert stated.until == date(2026, 12, 31)


def test_a_list_too_long_to_tell_is_not_told() -> None:
    """Five sums belong on the office's wall, unless each says what it is for."""
    listed = read_sums("; ".join(f"Hạng {name}: {at}0.000 đồng" for at, name in enumerate("ABCDE", 1)), TODAY)
    assert [one.about for one in listed] == [f"Hạng {name}" for name in "ABCDE"]
    assert read_sums("; ".join(f"{n}0.000 đồng" for n in range(1, 6)), TODAY) == ()


def test_the_steps_give_a_bare_time_its_unit() -> None:
    """A bare number is read when the steps say the same number with one unit; a bare 1 is nobody's answer."""
    rows = parse_rows("Trực tuyến7Miễn phí", "cấp trong 07 ngày làm việc kể từ ngày nhận")
    assert rows[0].lead == LeadTime(7, LeadUnit.WORKING_DAYS)
    assert parse_rows("Trực tuyến1Miễn phí", "chuyển trong 01 ngày làm việc")[0].lead is None
