"""Which papers a dossier of each procedure holds, and what a citizen says when handing it in.

`needed` papers are those that the catalogue asks for in every such case: leaving one out makes it missing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """A paper of a dossier: its kind, whose it is (a name of the cast), its sort, how often it lies there."""

    kind: str
    who: str
    sort: str = ""
    needed: bool = False
    chance: float = 1.0


@dataclass(frozen=True)
class Plan:
    """The papers of a procedure and words of citizens; `needs_words` where the papers alone do not tell it."""

    papers: tuple[Wanted, ...]
    words: tuple[str, ...]
    needs_words: bool = False


def form(kind: str, who: str = "husband", sort: str = "") -> Wanted:
    """The paper that asks; it always lies there."""
    return Wanted(kind, who, sort)


def need(kind: str, who: str = "husband", sort: str = "") -> Wanted:
    """A paper whose absence is a gap."""
    return Wanted(kind, who, sort, needed=True)


def may(kind: str, who: str = "husband", chance: float = 0.35, sort: str = "") -> Wanted:
    """A paper that some people add."""
    return Wanted(kind, who, sort, chance=chance)


CARD = (may("citizen_id_front", chance=0.5), may("citizen_id_back", chance=0.25))

PROCEDURES: dict[str, Plan] = {
    "1.001193": Plan(
        (form("birth_registration_declaration", "child"), need("medical_birth_certificate", "child"),
         may("marriage_certificate"), *CARD),
        ("Tôi làm giấy khai sinh cho con", "Đăng ký khai sinh cho cháu mới đẻ")),
    "1.000894": Plan(
        (form("marriage_registration_declaration"), form("marital_status_certificate"), *CARD),
        ("Chúng em xin đăng ký kết hôn", "Hai đứa cưới nhau cần giấy kết hôn")),
    "1.000656": Plan(
        (form("death_registration_declaration", "grandfather"), form("death_notice", "grandfather"), *CARD),
        ("Bố tôi mới mất, tôi đi khai tử", "Làm giấy khai tử cho ông")),
    "1.001612": Plan(
        (form("household_business_application"), *CARD),
        ("Tôi muốn mở cửa hàng, đăng ký hộ kinh doanh", "Xin thành lập hộ kinh doanh")),
    "1.004873": Plan(
        (form("marital_status_declaration", "other"), may("decision", "other", 0.3, "court"),
         may("citizen_id_front", "other", 0.5)),
        ("Xin giấy xác nhận độc thân", "Xác nhận tình trạng hôn nhân để vay vốn")),
    "1.004859": Plan(
        (form("civil_status_change_declaration"), need("birth_certificate")),
        ("Giấy khai sinh của tôi bị sai năm, xin sửa", "Xin cải chính hộ tịch")),
    "1.004884": Plan(
        (form("birth_registration_declaration"), need("diploma")),
        ("Mất giấy khai sinh gốc, xin đăng ký lại", "Đăng ký lại khai sinh")),
    "1.013831": Plan(
        (form("land_change_application", sort="transfer"), need("land_use_certificate"), need("land_transfer_contract"),
         may("citizen_id_front")),
        ("Sang tên sổ đỏ", "Đăng ký biến động do nhận chuyển nhượng đất")),
    "1.012783": Plan(
        (form("land_change_application", sort="exchange"), need("land_use_certificate"), may("citizen_id_front")),
        ("Đổi sổ đỏ cũ lấy sổ mới", "Cấp đổi giấy chứng nhận bị rách")),
    "1.012786": Plan(
        (form("land_change_application", sort="lost"), may("citizen_id_front")),
        ("Tôi làm mất sổ đỏ", "Cấp lại giấy chứng nhận đất bị mất")),
    "1.012784": Plan(
        (form("other", sort="parcel_split"), need("land_use_certificate"), need("construction_drawing")),
        ("Tách thửa đất cho con", "Xin tách thửa")),
    "1.011441": Plan(
        (form("other", sort="mortgage"), need("land_use_certificate")),
        ("Thế chấp sổ đỏ vay ngân hàng", "Đăng ký biện pháp bảo đảm quyền sử dụng đất")),
    "1.012812": Plan(
        (form("free_form_petition", sort="dispute"), may("land_use_certificate", chance=0.5)),
        ("Nhờ xã hòa giải chuyện tranh chấp đất với hàng xóm", "Yêu cầu hòa giải đất đai")),
    "1.013225": Plan(
        (form("building_permit_application"), need("land_use_certificate"), need("construction_drawing"),
         may("citizen_id_front", chance=0.2)),
        ("Xin giấy phép xây nhà", "Tôi chuẩn bị xây nhà ở, xin phép xây dựng")),
    "2.001035": Plan(
        (form("land_transfer_contract"), need("land_use_certificate"), may("citizen_id_front", chance=0.7)),
        ("Chứng thực hợp đồng mua bán đất", "Nhờ xã chứng thực hợp đồng tặng cho đất"), needs_words=True),
    "1.004222": Plan(
        (form("other", sort="permanent"), may("land_use_certificate", chance=0.6)),
        ("Nhập hộ khẩu", "Đăng ký thường trú về nhà mới")),
    "1.004194": Plan(
        (form("other", sort="temporary"), may("land_use_certificate", chance=0.4)),
        ("Đăng ký tạm trú để đi làm", "Khai báo tạm trú dài hạn")),
    "1.010041": Plan(
        (form("other", sort="confirm"),), ("Xin giấy xác nhận cư trú", "Xác nhận thông tin cư trú CT07")),
    "3.000333": Plan(
        (form("criminal_record_request"), may("citizen_id_front", chance=0.7)),
        ("Làm lý lịch tư pháp đi nước ngoài", "Xin phiếu lý lịch tư pháp số 1")),
    "1.003133": Plan(
        (form("other", sort="border_pass"), may("citizen_id_front")),
        ("Làm giấy thông hành sang Trung Quốc", "Xin sổ thông hành biên giới")),
    "1.011607": Plan(
        (form("free_form_petition", sort="poverty"),), ("Xin xét hộ nghèo", "Đề nghị rà soát hộ cận nghèo")),
    "1.001776": Plan(
        (form("social_assistance_declaration", "grandfather"), may("disability_certificate", "grandfather", 0.7),
         may("decision", "grandfather", 0.15, "grant")),
        ("Xin trợ cấp cho bố tôi bị khuyết tật", "Hưởng trợ cấp xã hội hàng tháng")),
    "1.014027": Plan(
        (form("social_assistance_declaration", "grandfather", "pension"), may("citizen_id_front", "grandfather")),
        ("Xin trợ cấp hưu trí xã hội cho bố tôi trên 75 tuổi", "Trợ cấp hưu trí xã hội")),
    "1.001699": Plan(
        (form("free_form_petition", sort="disability"),),
        ("Xin xác định mức độ khuyết tật", "Làm giấy xác nhận khuyết tật")),
    "1.001022": Plan(
        (form("other", sort="recognition"), may("birth_certificate", "child")),
        ("Nhận con", "Đăng ký nhận cha cho con")),
    "1.004837": Plan(
        (form("other", sort="guardianship"), may("birth_certificate", "child")),
        ("Làm giám hộ cho cháu", "Đăng ký giám hộ")),
    "2.000635": Plan(
        (form("other", sort="extract_copy"), may("citizen_id_front")),
        ("Xin bản sao giấy khai sinh", "Trích lục khai sinh bản sao")),
    "2.000720": Plan(
        (form("household_business_application", sort="change"), may("citizen_id_front", chance=0.2)),
        ("Đổi ngành nghề hộ kinh doanh", "Thay đổi đăng ký hộ kinh doanh")),
    "1.001266": Plan(
        (form("other", sort="closing"),), ("Đóng cửa hàng, chấm dứt hộ kinh doanh", "Giải thể hộ kinh doanh")),
}  # fmt: skip
