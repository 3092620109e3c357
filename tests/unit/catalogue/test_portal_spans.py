"""Times that only a remark or a condition names, each with its case."""

from services.catalogue.portal_spans import SpanUnit, StatedSpan, read_spans

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việcKhông có thông tin- 01 ngày đối với đám tang\n"


def test_a_case_beside_the_column_is_told_with_its_words() -> None:
    """The column's own time says no case and is not repeated."""
    assert read_spans(WAYS, "") == (StatedSpan(1, SpanUnit.DAYS, "đối với đám tang"),)


def test_the_words_may_stand_before_the_time() -> None:
    """A list by who hands in: each line once, though every channel repeats it."""
    remark = "- Nhận hồ sơ từ người lao động: Tối đa 03 ngày làm việc kể từ ngày cơ quan nhận đủ hồ sơ theo quy định.\n"
    ways = f"Trực tuyến6 Ngày làm việcMiễn phí{remark}Trực tiếp6 Ngày làm việcMiễn phí{remark}"
    assert read_spans(ways, "") == (StatedSpan(3, SpanUnit.WORKING_DAYS, "Nhận hồ sơ từ người lao động"),)


def test_of_conditions_only_what_runs_from_an_event_is_a_time() -> None:
    """How long after a loss it must be reported, but not how long somebody must have worked."""
    conditions = (
        "Báo mất trong thời hạn 48 giờ kể từ khi phát hiện giấy thông hành bị mất, người bị mất phải trình báo."
    )
    told = (StatedSpan(48, SpanUnit.HOURS, "kể từ khi phát hiện giấy thông hành bị mất"),)
    assert read_spans("", conditions) == told
    assert read_spans("", "Có ít nhất 03 năm kinh nghiệm trong lĩnh vực thẩm định giá") == ()


def test_what_says_no_case_or_too_many_is_left_out() -> None:
    """A time of the clock, one case with two times and a list too long for an answer are nobody's deadline."""
    assert read_spans("Trực tiếp1 NgàyMiễn phíNếu thời điểm nhận hồ sơ sau 15 giờ", "") == ()
    assert read_spans("", "Trong 30 ngày kể từ ngày thụ lý đơn; trong 45 ngày kể từ ngày thụ lý đơn") == ()
    assert read_spans("\n".join(f"- {n} ngày đối với trường hợp loại {'abcdef'[n]}" for n in range(1, 6)), "") == ()
