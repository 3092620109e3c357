"""The fact pack: every procedure of the portal, doubtful values left out."""

import gzip
import json

from services.catalogue.national import Channel, Doubt, load_national, pack_rows
from services.catalogue.national_build import build_rows, own_code
from services.catalogue.shipped import load_shipped

TABLE = (
    "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 Ngày làm việc40 Việt Nam ĐồngTrực tuyến3 Ngày làm việcMiễn phí"
)


def _page(code: str, name: str, own: str = "") -> dict[str, str]:
    return {
        "ma_thu_tuc": code,
        "ten_thu_tuc": name,
        "linh_vuc": "Hải quan",
        "cap_thuc_hien": "Cấp tỉnh",
        "cach_thuc_thuc_hien": TABLE,
        "trinh_tu_thuc_hien": "Bước 1: một câu văn của cổng.",
        "raw_text": f"Mã thủ tục{own or code}Số quyết định",
    }


def test_every_procedure_can_be_read() -> None:
    national = load_national()
    assert len(national.codes) > 2600
    for code in national.codes:
        found = national.find(code)
        assert found is not None
        assert found.procedure.name_vi.strip()


def test_what_ships_curated_overrides() -> None:
    for procedure in load_shipped():
        found = load_national().find(procedure.code)
        assert found is not None
        assert found.curated
        assert found.procedure is procedure


def test_an_unknown_code_is_none() -> None:
    assert load_national().find("9.999999") is None


def test_a_suspicious_fee_is_no_fact() -> None:
    row = build_rows([_page("1.000001", "Một thủ tục")], [], "nguồn", "2026-07-20")[0]
    assert row["ask_office"] == [Doubt.FEE]
    assert [Channel.COUNTER, (3, "working_days"), None] in row["channels"]
    assert row["times"] == [[3, "working_days"]]


def test_sentences_of_the_portal_stay_there() -> None:
    rows = build_rows([_page("1.000001", "Một thủ tục")], [], "nguồn", "2026-07-20")
    assert "câu văn của cổng" not in json.dumps(rows, ensure_ascii=False)


def test_a_page_of_another_code_is_filed_under_its_own() -> None:
    page = _page("3.000224", "Tên của thủ tục khác", own="1.014023")
    assert own_code(page) == "1.014023"
    codes = [row["code"] for row in build_rows([page], [], "", "")]
    assert "1.014023" in codes
    assert "3.000224" not in codes


def test_names_set_right_by_hand_win() -> None:
    found = load_national().find("3.000285")
    assert found is not None
    assert found.procedure.name_vi == "Khóa căn cước điện tử"
    assert found.ask_office == {Doubt.TIME, Doubt.FEE}


def test_the_pack_is_reproducible_and_small() -> None:
    rows = [{"code": "2", "name": "b"}, {"code": "1", "name": "a"}]
    assert pack_rows(rows) == pack_rows(rows[::-1])
    assert [row["code"] for row in json.loads(gzip.decompress(pack_rows(rows)))] == ["1", "2"]
