"""What papers of land, building, business, welfare, offices and citizens' own hands say."""

from datetime import timedelta
from random import Random

from samples.cast import HANDED_IN, Cast, days_before
from samples.facts_civil import USES, Facts, at_desk, by_commune, describe, issued_by
from samples.people import Person, make_person
from samples.values import say_money

TRADES = (
    ("Tạp hóa", "Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng kinh doanh tổng hợp"),
    ("Quán phở", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"),
    ("Cơ khí", "Gia công cơ khí; xử lý và tráng phủ kim loại"),
    ("Tiệm tóc", "Cắt tóc, làm đầu, gội đầu"),
    ("Nông sản", "Bán buôn nông, lâm sản nguyên liệu"),
    ("May mặc", "May trang phục (trừ trang phục từ da lông thú)"),
    ("Nhà nghỉ", "Dịch vụ lưu trú ngắn ngày"),
)
LAND_OFFICE = "Chi nhánh Văn phòng đăng ký đất đai khu vực Cao Lộc"
DESIGNERS = (
    "Công ty TNHH Tư vấn xây dựng Xứ Lạng",
    "Công ty cổ phần Kiến trúc Bắc Sơn",
    "Công ty TNHH Thiết kế Mẫu Sơn",
)
DRAWINGS = ("Mặt bằng tầng 1", "Mặt bằng móng", "Mặt cắt A-A", "Mặt đứng chính", "Mặt bằng mái", "Mặt bằng tổng thể")
CHANGES = {
    "transfer": ("Nhận chuyển nhượng quyền sử dụng đất", "Đã ký hợp đồng chuyển nhượng"),
    "exchange": ("Cấp đổi Giấy chứng nhận quyền sử dụng đất", "Giấy chứng nhận cũ bị rách, nhòe"),
    "lost": ("Cấp lại Giấy chứng nhận do bị mất", "Bị mất Giấy chứng nhận"),
}
ASKED = {
    "poverty": ("đề nghị rà soát hộ nghèo, hộ cận nghèo", "gia đình tôi có hoàn cảnh khó khăn, thu nhập thấp"),
    "disability": ("đề nghị xác định mức độ khuyết tật", "tôi bị liệt chân trái sau tai nạn, đi lại khó khăn"),
    "dispute": ("yêu cầu hòa giải tranh chấp đất đai", "gia đình bên cạnh lấn sang phần đất của gia đình tôi"),
    "house": ("xác nhận nhà ở ổn định, không tranh chấp", "cần bổ sung hồ sơ vay vốn ngân hàng"),
    "school": ("cho cháu nghỉ học một tuần", "cháu bị ốm, phải điều trị tại bệnh viện"),
    "light": ("sửa chữa đường điện của thôn", "đường điện của thôn đã xuống cấp, hay mất điện"),
}
SUBJECTS = (
    "giải quyết hồ sơ đất đai",
    "báo cáo kết quả giải quyết thủ tục hành chính",
    "trả lời đơn của công dân",
    "cung cấp thông tin quy hoạch",
    "lấy ý kiến dự thảo quy chế",
)
GRANTS = ("Về việc trợ cấp xã hội hàng tháng", "Về việc hỗ trợ nhà ở cho hộ nghèo", "Về việc công nhận hộ thoát nghèo")
DISABILITIES = ("Khuyết tật vận động", "Khuyết tật nghe, nói", "Khuyết tật nhìn", "Khuyết tật trí tuệ")
DEGREES = (
    "Bằng tốt nghiệp Trung học phổ thông",
    "Bằng tốt nghiệp Trung học cơ sở",
    "Bằng tốt nghiệp cao đẳng",
    "Bằng cử nhân",
    "Bằng kỹ sư",
    "Bằng tốt nghiệp trung cấp",
)


def land_of(cast: Cast) -> Facts:
    """The parcel as applications and contracts name it."""
    parcel = cast.parcel
    return {
        "parcel_number": parcel.number,
        "map_sheet": parcel.sheet,
        "area_m2": parcel.area,
        "land_address": parcel.address,
        "land_use_purpose": parcel.purpose,
        "use_term": parcel.term,
        "use_form": parcel.form,
        "land_origin": parcel.origin,
        "certificate_number": parcel.certificate,
        "certificate_book_number": parcel.book,
        "certificate_issue_date": parcel.issued.isoformat(),
    }


def land_certificate(rng: Random, cast: Cast, who: Person) -> Facts:
    """The certificate of the parcel; before 2021 it prints the old nine digits."""
    spouse = cast.spouse_of(who)
    old = cast.parcel.issued.year < 2021
    own = {"citizen_id": who.old_id or who.citizen_id} if old else {}
    hers = {"spouse_citizen_id": spouse.old_id or spouse.citizen_id} if old else {}
    authority = rng.choice(("Ủy ban nhân dân huyện Cao Lộc", "Sở Tài nguyên và Môi trường tỉnh Lạng Sơn", LAND_OFFICE))
    return {
        **describe(who),
        **describe(spouse, "spouse_"),
        **land_of(cast),
        **own,
        **hers,
        **issued_by(rng, authority, "GCN", cast.parcel.issued, "Lạng Sơn"),
        "document_number": cast.parcel.certificate,
    }


def land_change(rng: Random, cast: Cast, who: Person, sort: str = "transfer") -> Facts:
    """The owner asks the land office to register a change."""
    del rng
    content, reason = CHANGES[sort]
    return {
        **describe(who),
        **land_of(cast),
        **at_desk(cast.unit, cast.day),
        "addressee": LAND_OFFICE,
        "change_content": content,
        "reason": reason,
        "_applicant": who.name,
    }


def land_contract(rng: Random, cast: Cast, who: Person) -> Facts:
    """The other couple buys or is given the parcel of `who`."""
    day = days_before(rng, 5, 60)
    notary = make_person(rng, HANDED_IN, (35, 58))
    amount = str(rng.randrange(4, 300) * 10_000_000)
    spouse, buyer, buyer_spouse = cast.spouse_of(who), cast.other, cast.other_spouse
    return {
        **describe(who, "transferor_"),
        **describe(spouse, "transferor_spouse_"),
        **describe(buyer, "transferee_"),
        **describe(buyer_spouse, "transferee_spouse_"),
        **land_of(cast),
        **at_desk(cast.unit, day),
        "document_number": f"{rng.randrange(1, 900)}/{day.year}/HĐCN",
        "amount_vnd": amount,
        "_amount_words": say_money(amount),
        "notarization_number": str(rng.randrange(100, 9000)),
        "notary_name": notary.name,
        "_transferor": who.name,
        "_transferee": buyer.name,
        "_seal": "Văn phòng công chứng Lạng Sơn",
    }


def building_application(rng: Random, cast: Cast, who: Person) -> Facts:
    """The owner of the parcel wants to build a house."""
    floors, ground = rng.randrange(1, 5), rng.randrange(60, 160)
    return {
        **describe(who),
        **land_of(cast),
        **at_desk(cast.unit, cast.day),
        "building_grade": rng.choice(("III", "IV")),
        "building_height_m": f"{floors * 3.6 + 1:.1f}",
        "floors": str(floors),
        "ground_floor_area_m2": str(ground),
        "total_floor_area_m2": str(ground * floors),
        "duration_months": str(rng.randrange(4, 16)),
        "design_org": DESIGNERS[len(who.name) % 3],
        "design_certificate": f"LAS-{rng.randrange(10**8):08d}",
        "_applicant": who.name,
    }


def drawing(rng: Random, cast: Cast, who: Person) -> Facts:
    """A drawing of that house."""
    day = days_before(rng, 10, 90)
    return {
        "design_org": DESIGNERS[len(who.name) % 3],
        "designer_name": make_person(rng, HANDED_IN, (28, 55)).name,
        "document_number": f"KT-{rng.randrange(1, 30):02d}",
        "drawing_title": rng.choice(DRAWINGS),
        "full_name": who.name,
        "issue_date": day.isoformat(),
        "land_address": cast.parcel.address,
        "project_name": f"Nhà ở gia đình {who.name}",
        "scale": rng.choice(("1/100", "1/50", "1/200")),
        "_applicant": who.name,
        "_seal": DESIGNERS[len(who.name) % 3],
    }


def business(rng: Random, cast: Cast, who: Person, sort: str = "") -> Facts:
    """Somebody opens a shop, or changes what it sells."""
    trade, line = rng.choice(TRADES)
    swap = "ĐĂNG KÝ HỘ KINH DOANH→ĐĂNG KÝ THAY ĐỔI NỘI DUNG ĐĂNG KÝ HỘ KINH DOANH;ĐĂNG KÝ / THÀNH LẬP→ĐĂNG KÝ THAY ĐỔI"
    return {
        **describe(who),
        **at_desk(cast.unit, cast.day),
        "business_name": f"Hộ kinh doanh {trade} {who.name}",
        "business_address": who.address,
        "business_line": line,
        "capital_vnd": str(rng.randrange(2, 60) * 5_000_000),
        "start_date": (HANDED_IN + timedelta(days=rng.randrange(10, 40))).isoformat(),
        "tax_code": who.citizen_id,
        "business_code": who.citizen_id,
        "workers": str(rng.randrange(1, 6)),
        "_applicant": who.name,
        "_about": sort,
        "_swap": swap if sort else "",
    }


def social(rng: Random, cast: Cast, who: Person, sort: str = "") -> Facts:
    """A child asks for an old or disabled parent."""
    del rng
    return {
        **describe(who),
        **describe(cast.husband, "applicant_"),
        **at_desk(cast.unit, cast.day),
        "applicant_relationship": "Con",
        "_applicant": cast.husband.name,
        "_bhyt": "Có",
        "_official": cast.other.name,
        "_swap": "TRỢ GIÚP XÃ HỘI→HƯỞNG TRỢ CẤP HƯU TRÍ XÃ HỘI" if sort else "",
    }


def disability(rng: Random, cast: Cast, who: Person) -> Facts:
    """A commune confirms a disability."""
    del cast
    level = rng.choice(("Nặng", "Đặc biệt nặng", "Nhẹ"))
    return {
        **describe(who),
        **by_commune(rng, who.unit, "XNKT", days_before(rng, 100, 1500)),
        "disability_type": rng.choice(DISABILITIES),
        "disability_level": level,
    }


def criminal_record(rng: Random, cast: Cast, who: Person) -> Facts:
    """Somebody asks for an extract of criminal records."""
    father, mother = cast.parents_of(who, rng)
    return {
        **describe(who),
        **describe(father, "father_"),
        **describe(mother, "mother_"),
        **describe(cast.spouse_of(who), "spouse_"),
        **at_desk(cast.unit, cast.day),
        "addressee": "Công an tỉnh Lạng Sơn",
        "certificate_kind": rng.choice(("1", "1", "2")),
        "copies_requested": str(rng.randrange(1, 4)),
        "place_of_birth": who.birthplace,
        "purpose": rng.choice(("Xin việc làm", "Đi lao động nước ngoài", *USES[3:5])),
        "_applicant": who.name,
    }


def diploma(rng: Random, cast: Cast, who: Person) -> Facts:
    """A school leaves somebody with a degree."""
    del cast
    year = min(who.born.year + rng.randrange(18, 24), HANDED_IN.year - 1)
    sort = rng.choice(DEGREES)
    school = rng.choice(("THPT Việt Bắc", "THPT Cao Lộc", "THPT Hữu Lũng", "THCS Chi Lăng"))
    higher = "Trung học" not in sort
    office = (
        rng.choice(("Trường Cao đẳng Lạng Sơn", "Trường Đại học Thái Nguyên"))
        if higher
        else "Sở Giáo dục và Đào tạo Lạng Sơn"
    )
    series = f"{rng.choice('ABC')} {rng.randrange(10**7):07d}"
    return {
        **describe(who),
        **issued_by(rng, office, "", days_before(rng, 200, 400).replace(year=year), "Lạng Sơn"),
        "document_number": series,
        "diploma_type": sort,
        "grade": rng.choice(("Khá", "Giỏi", "Trung bình", "Xuất sắc")),
        "graduation_year": str(year),
        "major": rng.choice(("Kế toán", "Sư phạm Toán", "Công nghệ thông tin", "Nông nghiệp")),
        "place_of_birth": who.birthplace,
        "register_number": f"{rng.randrange(1, 900)}/{year}",
        "school": school,
        "study_mode": rng.choice(("Chính quy", "Vừa làm vừa học")),
    }


def attorney(rng: Random, cast: Cast, who: Person) -> Facts:
    """`who` sends the spouse to the one-stop shop."""
    agent = cast.spouse_of(who)
    notary = make_person(rng, HANDED_IN, (35, 58))
    scope = rng.choice(
        (
            "Thay mặt tôi nộp hồ sơ và nhận kết quả tại Trung tâm Phục vụ hành chính công",
            "Thay mặt tôi làm thủ tục đăng ký biến động đất đai",
            "Nhận lương hưu hàng tháng thay tôi",
        )
    )
    return {
        **describe(who, "principal_"),
        **describe(agent, "agent_"),
        **at_desk(cast.unit, days_before(rng, 1, 30)),
        "relationship": "Vợ" if agent.gender == "Nữ" else "Chồng",
        "scope": scope,
        "term": rng.choice(("06 tháng kể từ ngày ký", "Đến khi hoàn thành công việc", "01 năm kể từ ngày ký")),
        "notarization_number": str(rng.randrange(100, 9000)),
        "notary_name": notary.name,
        "_principal": who.name,
        "_agent": agent.name,
        "_seal": "Văn phòng công chứng Lạng Sơn",
    }


def decision(rng: Random, cast: Cast, who: Person, sort: str = "") -> Facts:
    """An office grants something, a court ends a marriage, a school decides on a pupil."""
    about = sort or rng.choice(("grant", "grant", "court", "school"))
    office = {"court": "Tòa án nhân dân khu vực 1 – Lạng Sơn", "school": "Trường Trung học cơ sở Chi Lăng"}
    issued = by_commune(rng, who.unit, "QĐ-UBND", days_before(rng, 20, 900))
    subject = {
        "grant": rng.choice(GRANTS),
        "court": "Công nhận thuận tình ly hôn và sự thỏa thuận của các đương sự",
        "school": "Về việc miễn, giảm học phí",
    }[about]
    spouse = cast.spouse_of(who) if who != cast.child else cast.wife
    return {
        **describe(who),
        **issued,
        "issuing_authority": office.get(about, issued["issuing_authority"]),
        "subject": subject,
        "_seal": office.get(about, issued["issuing_authority"]),
        "effective_date": issued["issue_date"],
        "amount_vnd": rng.choice(("540000", "810000", "1080000")),
        "replaces_number": f"{rng.randrange(1, 300)}/QĐ-UBND",
        "plaintiff_name": who.name,
        "defendant_name": spouse.name,
        "class_name": f"{rng.randrange(6, 10)}A{rng.randrange(1, 5)}",
        "_about": about,
    }


def letter(rng: Random, cast: Cast, who: Person) -> Facts:
    """One office writes to another."""
    about = rng.choice(("land", "plain"))
    day = days_before(rng, 5, 200)
    office = rng.choice(
        (f"Ủy ban nhân dân {cast.unit.lower}", "Sở Nội vụ tỉnh Lạng Sơn", "Sở Nông nghiệp và Môi trường")
    )
    return {
        **describe(who),
        **land_of(cast),
        **issued_by(rng, office, rng.choice(("UBND-VP", "SNV-CCHC", "UBND-KT")), day, "Lạng Sơn"),
        "addressee": rng.choice((LAND_OFFICE, "Các phòng, ban chuyên môn", f"Ông (bà) {who.name}")),
        "subject": rng.choice(SUBJECTS),
        "deadline": (day + timedelta(days=rng.randrange(5, 30))).isoformat(),
        "phone": "02053812345",
        "_about": about,
    }


def receipt(rng: Random, _cast: Cast, who: Person) -> Facts:
    """A fee was paid."""
    amount = str(rng.choice((8000, 15000, 30000, 50000, 100000, 200000, 325000)))
    day = days_before(rng, 0, 20)
    return {
        **issued_by(rng, "Trung tâm Phục vụ hành chính công tỉnh Lạng Sơn", "", day, "Lạng Sơn"),
        "document_number": f"{rng.randrange(10**7):07d}",
        "payer_name": who.name,
        "payer_address": who.address,
        "payer_citizen_id": who.citizen_id,
        "amount_vnd": amount,
        "_amount_words": say_money(amount),
        "reason": rng.choice(
            (
                "Lệ phí đăng ký cư trú",
                "Phí thẩm định hồ sơ cấp Giấy chứng nhận",
                "Lệ phí hộ tịch",
                "Lệ phí đăng ký hộ kinh doanh",
            )
        ),
        "payment_method": rng.choice(("Tiền mặt", "Chuyển khoản")),
        "receipt_series": f"{rng.choice('ABCK')}A-26T",
        "tax_code": "4900236113",
        "cashier_name": make_person(rng, HANDED_IN, (24, 50)).name,
        "_payer": who.name,
        "case_code": f"H37.{rng.randrange(1, 40):02d}-{day:%y%m%d}-{rng.randrange(1, 9999):04d}",
    }


def petition(rng: Random, cast: Cast, who: Person, sort: str = "") -> Facts:
    """A citizen writes without a form."""
    sort = sort or rng.choice(tuple(ASKED))
    subject, reason = ASKED[sort]
    addressee = "Trường Trung học cơ sở Chi Lăng" if sort == "school" else f"Ủy ban nhân dân {cast.unit.lower}"
    pupil = make_person(rng, HANDED_IN, (6, 14), unit=who.unit, family=who.name.split()[0])
    return {
        **describe(who),
        **at_desk(cast.unit, cast.day),
        "addressee": addressee,
        "subject": subject,
        "reason": reason,
        "child_name": pupil.name,
        "child_date_of_birth": pupil.born.isoformat(),
        "class_name": f"{rng.randrange(1, 10)}{rng.choice('ABC')}",
        "_applicant": who.name,
        "_about": "school" if sort == "school" else "plain",
    }


def private_letter(rng: Random, cast: Cast, who: Person) -> Facts:
    """Somebody writes a letter by hand."""
    return {
        **at_desk(cast.unit, days_before(rng, 2, 100)),
        "recipient_name": cast.other.name,
        "sender_name": who.name,
        "subject_person": cast.grandmother.name,
        "child_name": cast.child.name,
        "phone": who.phone,
        "_sender": who.name,
        "case_code": f"H37.{rng.randrange(1, 40):02d}-{cast.day:%y%m%d}-{rng.randrange(1, 9999):04d}",
    }


def another(rng: Random, cast: Cast, who: Person, sort: str = "") -> Facts:
    """A paper of no kind that has fields; `sort` is the `about` of its layout."""
    official = make_person(rng, HANDED_IN, (30, 58))
    wishes = ("Đăng ký thường trú", "Đăng ký tạm trú", "Xác nhận thông tin về cư trú")
    chosen = {"permanent": wishes[0], "temporary": wishes[1], "confirm": wishes[2]}.get(sort, rng.choice(wishes))
    return {
        **describe(who),
        **at_desk(cast.unit, cast.day),
        "business_name": f"Hộ kinh doanh {who.name}",
        "_wish": chosen,
        "_head": cast.child.name if sort in {"recognition", "guardianship"} else cast.grandfather.name,
        "_relation": "Con",
        "_parcel": cast.parcel.number,
        "_sheet": cast.parcel.sheet,
        "_official": official.name,
        "_applicant": who.name,
        "_day": f"{days_before(rng, 20, 60):%d/%m/%Y}",
        "_issuer_upper": f"Ủy ban nhân dân {cast.unit.lower}".upper(),
        "_about": "residence" if sort in {"permanent", "temporary", "confirm"} else sort,
    }
