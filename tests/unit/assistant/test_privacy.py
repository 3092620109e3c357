"""What is masked before a question is stored."""

import pytest

from services.assistant.privacy import mask_private


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("căn cước 012345678901 của tôi", "căn cước •••••••••901 của tôi"),
        ("gọi 0912 345 678 nhé", "gọi •••••••678 nhé"),
        ("+84 912.345.678", "••••••••678"),
        ("cmnd 082345678", "cmnd ••••••678"),
        ("mail hoa.nong@vd.vn", "mail [e-mail]"),
        ("tôi là Nông Thị Hoa ở thôn Bản Mới", "tôi là [tên] ở thôn Bản Mới"),
        ("hồ sơ H37-261124-0001 xong chưa", "hồ sơ H37-261124-0001 xong chưa"),
        ("lệ phí 70.000 đồng, thủ tục 1.001193", "lệ phí 70.000 đồng, thủ tục 1.001193"),
        ("ngày 24/11/2026", "ngày 24/11/2026"),
        ("xe 12A-123.45 của ai", "xe [biển số] của ai"),
    ],
)
def test_what_identifies_a_person_is_masked(text: str, kept: str) -> None:
    assert mask_private(text) == kept
