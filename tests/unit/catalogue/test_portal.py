"""The flattened tables of the portal: what is taken as a fact, and what is not."""

from typing import Any

import pytest

from services.catalogue.paper_words import find_kinds
from services.catalogue.portal import import_portal
from services.catalogue.portal_papers import parse_papers
from services.catalogue.procedure import CopyKind, Fee, Level, TimeCase
from services.deadline.lead import LeadTime, LeadUnit
from services.dossier.kinds import PaperKind

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def row(ways: str = "", **more: str) -> dict[str, Any]:
    return {"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Thủ tục thử", "cap_thuc_hien": "Cấp xã"} | {
        "cach_thuc_thuc_hien": WAYS + ways
    } | more  # fmt: skip


def read(ways: str = "", **more: str) -> tuple[Any, list[str]]:
    found = import_portal([row(ways, **more)])
    return found.procedures[0], [note.sentence.id.removeprefix("catalogue.") for note in found.notes]


def lead(amount: int, unit: LeadUnit = LeadUnit.WORKING_DAYS) -> tuple[TimeCase, ...]:
    return (TimeCase(LeadTime(amount, unit)),)


@pytest.mark.parametrize(
    ("ways", "times", "notes"),
    [
        ("Trực tuyến3 Ngày làm việcMiễn phíTrực tiếp3 Ngày làm việcMiễn phí", lead(3), []),
        ("Trực tiếp15 NgàyMiễn phí", lead(15, LeadUnit.CALENDAR_DAYS), []),
        ("Trực tiếp8 GiờMiễn phí", lead(8, LeadUnit.WORKING_HOURS), []),
        ("Trực tiếp1Miễn phí", (), ["note_time_unreadable"]),
        ("Trực tiếp2Miễn phíTrong thời hạn 02 (hai) ngày làm việc kể từ ngày nhận đủ hồ sơ.", lead(2), []),
        ("Trực tiếp2 NgàyMiễn phíTrong 02 ngày làm việc.", (), ["note_time_contradicted"]),
        ("Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp15 Ngày làm việcMiễn phí", (), ["note_times_differ"]),
        ("Trực tiếp1500,000 Việt Nam Đồng", (), ["note_glued"]),
        ("Trực tiếp24 GiờMiễn phí", (), ["note_time_unlikely"]),
        ("Trực tiếp0 NgàyMiễn phí", (), ["note_time_unlikely"]),
        ("Trực tiếp1.5 Ngày làm việcMiễn phí", (), ["note_time_unreadable"]),
        ("Trực tiếp2 ThángMiễn phí", (), ["note_time_unreadable"]),
        ("Trực tiếpKhông có thông tinMiễn phí", (), []),
        ("", (), []),
    ],
)
def test_a_time_is_a_fact_only_when_nothing_speaks_against_it(
    ways: str, times: tuple[TimeCase, ...], notes: list[str]
) -> None:
    procedure, found = read(ways)
    assert (procedure.times, found) == (times, notes)
    assert len(procedure.notes) == len(notes)


@pytest.mark.parametrize(
    ("ways", "amounts", "notes"),
    [
        ("Trực tiếp3 NgàyMiễn phí", [0], []),
        ("Trực tiếp3 NgàyMiễn phí(Không thu)", [0], []),
        ("Trực tiếp3 Ngày100,000 Việt Nam Đồng", [100_000], []),
        ("Trực tiếp3 Ngày50,000 VNĐ(50.000 đồng/hồ sơ)", [50_000], []),
        ("Trực tuyến3 Ngày10,000 VNĐTrực tiếp3 Ngày20,000 VNĐ", [10_000, 20_000], []),
        ("Trực tiếp3 Ngày40 Việt Nam Đồng(4.000 đ/giấy)", [None], ["note_fee_unlikely"]),
        ("Trực tiếp3 Ngày50,000 VNĐ(150.000 đồng/hồ sơ)", [None], ["note_fee_unlikely"]),
        ("Trực tiếp3 Ngày25 USD", [None], ["note_fee_unlikely"]),
        ("Trực tiếp3 NgàyMiễn phí(Do Hội đồng nhân dân tỉnh quyết định)", [None], ["note_fee_provincial"]),
        ("Trực tiếp3 NgàyMiễn phí(Theo quy định của Thông tư số 1/2020)", [None], ["note_fee_not_free"]),
        ("Trực tiếp3 NgàyMiễn phí(Phí: 20.000 đồng)", [None], ["note_fee_not_free"]),
        ("Trực tuyến3 Ngày150,000 VNĐTrực tiếp3 Ngày50,000 VNĐ", [None], ["note_fees_differ"]),
    ],
)
def test_a_fee_is_a_fact_only_when_nothing_speaks_against_it(
    ways: str, amounts: list[int | None], notes: list[str]
) -> None:
    procedure, found = read(ways)
    assert ([fee.amount_vnd for fee in procedure.fees], found) == (amounts, notes)


def test_fees_that_the_province_sets_are_never_taken_from_the_portal() -> None:
    procedure, notes = read("Trực tiếp3 NgàyMiễn phí", linh_vuc="Hộ tịch")
    assert (procedure.fees, notes) == ((Fee(None),), ["note_fee_provincial"])


def test_one_text_under_many_codes_gives_no_time() -> None:
    rows = [row("Trực tiếp20 Ngày làm việcMiễn phí", ma_thu_tuc=f"3.00000{number}") for number in range(3)]
    found = import_portal(rows)
    assert all(not procedure.times for procedure in found.procedures)
    assert [note.sentence.id for note in found.notes] == ["catalogue.note_shared_text"] * 3


def test_papers_come_apart() -> None:
    header = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    papers = parse_papers(
        f"--{header}Tờ khai đăng ký khai sinhMẫu TK-01.docx1 bản chính"
        "Giấy chứng sinh (nộp 01 bản chính)1 bản chính,1 bản sao"
        "Văn bản ủy quyền nếu ủy quyền0 bản chính,1 bản sao"
        "- Xuất trình thẻ căn cước1 bản chính"
        "Ghi chú chung0 bản chính"
    )
    assert [(paper.name, paper.template, paper.copy, paper.when, paper.presented) for paper in papers] == [
        ("Tờ khai đăng ký khai sinh", "Mẫu TK-01.docx", CopyKind.ORIGINAL, None, False),
        ("Giấy chứng sinh (nộp 01 bản chính)", "", CopyKind.ORIGINAL, None, False),
        ("Văn bản ủy quyền nếu ủy quyền", "", CopyKind.COPY, "agent_submits", False),
        ("Xuất trình thẻ căn cước", "", CopyKind.ORIGINAL, None, True),
    ]


def test_papers_of_a_case_are_conditional() -> None:
    header = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    papers = parse_papers(f"a) Cấp mới{header}Đơn1 bản chínhĐơn đề nghị1 bản chínhb) Cấp lại{header}Giấy cũ1 bản chính")
    assert [(paper.name, paper.when) for paper in papers] == [
        ("Đơn đề nghị", "special_case"),
        ("Giấy cũ", "special_case"),
    ]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", [PaperKind.MARITAL_STATUS_DECLARATION]),
        ("Giấy xác nhận tình trạng hôn nhân đã cấp", [PaperKind.MARITAL_STATUS_CERTIFICATE]),
        ("Bản sao thẻ căn cước hoặc hộ chiếu", [PaperKind.CITIZEN_ID_FRONT]),
        ("Phiếu đề nghị giải quyết thủ tục về căn cước", []),
        ("Giấy uỷ quyền", [PaperKind.POWER_OF_ATTORNEY]),
        ("Giấy khai sinh, Giấy chứng nhận kết hôn", [PaperKind.MARRIAGE_CERTIFICATE, PaperKind.BIRTH_CERTIFICATE]),
        ("Ảnh 4x6", []),
    ],
)
def test_words_name_kinds(name: str, kinds: list[PaperKind]) -> None:
    assert list(find_kinds(name)) == kinds


def test_results_laws_and_levels_are_read_and_junk_codes_left_out() -> None:
    procedure, notes = read(
        ket_qua_xu_ly="Giấy phépMã: KQ.G12.000001Văn bản từ chốiMã: dsfasTừ khóaKhông có thông tin",
        can_cu_phap_ly="Tên văn bản pháp lýMã văn bảnLuật Thử01/2020/QH14Nghị định02/2021/NĐ-CP",
        cap_thuc_hien="Cấp bộ, Cấp tỉnh",
    )
    assert procedure.result_codes == ("KQ.G12.000001",)
    assert procedure.result.startswith("Giấy phép")
    assert procedure.legal_basis == "01/2020/QH14; 02/2021/NĐ-CP"
    assert procedure.level is Level.PROVINCE
    assert notes == ["note_result_code"]


def test_a_row_without_code_or_name_is_left_out_and_said() -> None:
    found = import_portal([row(ma_thu_tuc="abc"), row(ten_thu_tuc=" "), {"ma_thu_tuc": 7}])
    assert found.procedures == ()
    assert len(found.notes) == 3
