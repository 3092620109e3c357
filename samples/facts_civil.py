"""What papers of civil status, identity and residence say."""

from datetime import date, timedelta
from random import Random

from samples.cast import HANDED_IN, Cast, days_before
from samples.people import Person, make_person, unaccented
from samples.places import Unit
from samples.values import say_date

Facts = dict[str, str]
WAYS_TO_DIE = ("Già yếu", "Tuổi già", "Bệnh tim mạch", "Tai biến mạch máu não", "Ung thư phổi", "Suy hô hấp")
HOSPITALS = (
    "Bệnh viện Đa khoa tỉnh Lạng Sơn",
    "Bệnh viện Sản Nhi tỉnh Lạng Sơn",
    "Trung tâm Y tế khu vực Cao Lộc",
    "Trung tâm Y tế khu vực Hữu Lũng",
    "Bệnh viện Phổi tỉnh Lạng Sơn",
)
USES = (
    "Đăng ký kết hôn",
    "Vay vốn ngân hàng",
    "Chuyển nhượng quyền sử dụng đất",
    "Bổ sung hồ sơ xin việc",
    "Mua nhà ở xã hội",
    "Làm thủ tục nhận con nuôi",
)
STATES = (
    "Chưa đăng ký kết hôn với ai",
    "Đã ly hôn, hiện chưa đăng ký kết hôn với ai",
    "Hiện tại đang có vợ",
    "Đã đăng ký kết hôn nhưng vợ đã chết, hiện chưa đăng ký kết hôn với ai",
)
MARKS = (
    "Nốt ruồi cách 2 cm dưới mép trái",
    "Sẹo chấm cách 1,5 cm trên đuôi mày phải",
    "Nốt ruồi cách 1 cm trên mép phải",
    "Sẹo thẳng 2 cm trán trái",
)


def describe(person: Person, prefix: str = "") -> Facts:
    """The fields of one person under the names of a party."""
    return {
        f"{prefix}{'name' if prefix else 'full_name'}": person.name,
        f"{prefix}date_of_birth": person.born.isoformat(),
        f"{prefix}gender": person.gender,
        f"{prefix}ethnicity": person.ethnicity,
        f"{prefix}nationality": person.nationality,
        f"{prefix}address": person.address,
        f"{prefix}citizen_id": person.citizen_id,
        f"{prefix}citizen_id_issue_date": person.id_issued.isoformat(),
        f"{prefix}citizen_id_issue_place": person.id_issuer,
        f"{prefix}hometown": person.hometown,
        f"{prefix}phone": person.phone,
        f"{prefix}email": person.email,
    }


def at_desk(unit: Unit, day: date) -> Facts:
    """What every paper addressed to a commune says."""
    return {
        "addressee": f"Ủy ban nhân dân {unit.lower}",
        "document_date": day.isoformat(),
        "_place": unit.name.split(" ", 1)[1],
        "_seal": f"Ủy ban nhân dân {unit.lower}",
    }


def issued_by(rng: Random, authority: str, series: str, day: date, place: str) -> Facts:
    """Number, day, signer and seal of a paper that an office issues."""
    signer = make_person(rng, HANDED_IN, (35, 58))
    return {
        "issuing_authority": authority,
        "document_number": f"{rng.randrange(1, 900)}/{series}",
        "book_number": f"{rng.randrange(1, 9):02d}/{day.year}",
        "issue_date": day.isoformat(),
        "signer_name": signer.name,
        "_place": place,
        "_seal": authority,
    }


def by_commune(rng: Random, unit: Unit, series: str, day: date) -> Facts:
    """A paper that a commune issues."""
    name = unit.name.split(" ", 1)[1]
    return {
        **issued_by(rng, f"Ủy ban nhân dân {unit.lower}", series, day, name),
        "_unit_upper": unit.name.upper(),
        "_issuer_upper": f"Ủy ban nhân dân {unit.lower}".upper(),
    }


def clock(rng: Random) -> str:
    """A time of day."""
    return f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"


def birth_declaration(rng: Random, cast: Cast, who: Person) -> Facts:
    """One parent registers a child; whoever is grown up registers again for themselves."""
    father, mother = cast.parents_of(who, rng)
    grown = who != cast.child
    asking, role = (who, "Bản thân") if grown else rng.choice(((mother, "Mẹ"), (father, "Cha")))
    swap = "ĐĂNG KÝ KHAI SINH→ĐĂNG KÝ LẠI KHAI SINH" if grown else ""
    return {
        **describe(mother, "mother_"),
        **describe(father, "father_"),
        **describe(who),
        **describe(asking, "applicant_"),
        **at_desk(cast.unit, cast.day),
        "applicant_relationship": role,
        "place_of_birth": who.birthplace if grown else HOSPITALS[len(father.name) % len(HOSPITALS)],
        "copies_requested": str(rng.randrange(1, 5)),
        "_applicant": asking.name,
        "_birth_words": say_date(who.born.isoformat()),
        "_swap": swap,
    }


def birth_notice(rng: Random, cast: Cast, who: Person) -> Facts:
    """A hospital tells that the child was born; with the place that the declaration names."""
    father, mother = cast.parents_of(who, rng)
    hospital = HOSPITALS[len(father.name) % len(HOSPITALS)]
    midwife = make_person(rng, HANDED_IN, (26, 55), gender="Nữ")
    return {
        **describe(mother, "mother_"),
        **describe(father, "father_"),
        **describe(who),
        **issued_by(rng, hospital, "GCS", min(who.born + timedelta(days=2), cast.day), "Lạng Sơn"),
        "place_of_birth": hospital,
        "time_of_birth": clock(rng),
        "_children": "01",
        "_mother": mother.name,
        "birth_weight_g": str(rng.randrange(25, 41) * 100),
        "birth_attendant": midwife.name,
        "_attendant": midwife.name,
        "mother_health_insurance_number": f"20{rng.randrange(10**8):08d}",
    }


def birth_certificate(rng: Random, cast: Cast, who: Person) -> Facts:
    """An old register's copy, or the certificate itself."""
    father, mother = cast.parents_of(who, rng)
    day = min(who.born + timedelta(days=rng.randrange(5, 60)), cast.day)
    issued = by_commune(rng, who.unit, "TLKS-BS", day)
    clerk = make_person(rng, HANDED_IN, (26, 55))
    return {
        **describe(mother, "mother_"),
        **describe(father, "father_"),
        **describe(who),
        **issued,
        "place_of_birth": who.birthplace,
        "registration_date": day.isoformat(),
        "registration_place": issued["issuing_authority"],
        "registration_number": str(rng.randrange(1, 400)),
        "_birth_words": say_date(who.born.isoformat()),
        "_declarant": father.name,
        "_clerk": clerk.name,
    }


def marriage_declaration(rng: Random, cast: Cast, who: Person) -> Facts:
    """Two people who marry."""
    del who
    return {
        **describe(cast.wife, "wife_"),
        **describe(cast.husband, "husband_"),
        **at_desk(cast.unit, cast.day),
        "copies_requested": str(rng.randrange(1, 4)),
        "wife_marriage_order": "1",
        "husband_marriage_order": rng.choice(("1", "1", "2")),
        "_wife": cast.wife.name,
        "_husband": cast.husband.name,
    }


def marriage_certificate(rng: Random, cast: Cast, who: Person) -> Facts:
    """The certificate of a couple."""
    spouse = cast.spouse_of(who)
    husband, wife = (who, spouse) if who.gender == "Nam" else (spouse, who)
    issued = by_commune(rng, who.unit, str(cast.day.year - 2), days_before(rng, 300, 3000))
    return {
        **describe(wife, "wife_"),
        **describe(husband, "husband_"),
        **issued,
        "registration_place": issued["issuing_authority"],
        "_wife": wife.name,
        "_husband": husband.name,
    }


def death_notice(_rng: Random, cast: Cast, who: Person) -> Facts:
    """A hospital tells that somebody died; number and day come from the person, so that the declaration agrees."""
    chance = Random(who.citizen_id)
    died = cast.day - timedelta(days=chance.randint(2, 12))
    hospital = chance.choice(HOSPITALS)
    day = min(died + timedelta(days=1), cast.day)
    return {
        **describe(who),
        **issued_by(chance, hospital, "GBT", day, "Lạng Sơn"),
        "date_of_death": died.isoformat(),
        "time_of_death": clock(chance),
        "place_of_death": hospital,
        "cause_of_death": chance.choice(WAYS_TO_DIE),
        "relative_name": cast.husband.name,
        "_relative": cast.husband.name,
    }


def death_declaration(rng: Random, cast: Cast, who: Person) -> Facts:
    """A child registers the death of a parent."""
    notice = death_notice(rng, cast, who)
    return {
        **notice,
        **describe(cast.husband, "applicant_"),
        **at_desk(cast.unit, cast.day),
        "copies_requested": str(rng.randrange(1, 4)),
        "applicant_relationship": rng.choice(("Con đẻ", "Con trai")),
        "death_notice_number": notice["document_number"],
        "death_notice_authority": notice["issuing_authority"],
        "death_notice_date": notice["issue_date"],
        "_applicant": cast.husband.name,
    }


def marital_certificate(rng: Random, cast: Cast, who: Person) -> Facts:
    """A commune confirms that somebody is free to marry."""
    marries = who in {cast.husband, cast.wife}
    purpose = f"Đăng ký kết hôn với {cast.spouse_of(who).name}" if marries else rng.choice(USES)
    return {
        **describe(who),
        **by_commune(rng, who.unit, "UBND-XNTTHN", days_before(rng, 5, 150)),
        "applicant_name": who.name,
        "marital_status": STATES[0] if marries else rng.choice(STATES),
        "purpose": purpose,
    }


def marital_declaration(rng: Random, cast: Cast, who: Person) -> Facts:
    """Somebody asks for that confirmation for themselves."""
    return {
        **describe(who),
        **describe(who, "applicant_"),
        **at_desk(cast.unit, cast.day),
        "applicant_relationship": "Bản thân",
        "marital_status": STATES[0],
        "purpose": rng.choice(USES),
        "_applicant": who.name,
    }


def status_change(rng: Random, cast: Cast, who: Person) -> Facts:
    """A date, a name or a people in the register is to be set right."""
    wrong = rng.choice(
        (
            (
                "cải chính ngày sinh",
                f"Sinh ngày {who.born.day:02d}/{who.born.month:02d}/{who.born.year - 1}",
                f"Sinh ngày {who.born.day:02d}/{who.born.month:02d}/{who.born.year}",
                "Ghi nhầm năm sinh khi đăng ký",
            ),
            ("thay đổi họ, tên", f"{who.name.rsplit(' ', 1)[0]} Lan", who.name, "Tên cũ gây nhầm lẫn trong gia đình"),
            (
                "bổ sung hộ tịch",
                "Dân tộc: (để trống)",
                f"Dân tộc: {who.ethnicity}",
                "Giấy khai sinh cũ không ghi dân tộc",
            ),
        )
    )
    day = who.born + timedelta(days=20)
    return {
        **describe(who),
        **describe(who, "applicant_"),
        **at_desk(cast.unit, cast.day),
        "applicant_relationship": "Bản thân",
        "change_type": wrong[0],
        "change_from": wrong[1],
        "change_to": wrong[2],
        "reason": wrong[3],
        "registration_number": str(rng.randrange(1, 300)),
        "registration_book": f"01/{day.year}",
        "registration_date": day.isoformat(),
        "registration_place": f"Ủy ban nhân dân {who.unit.lower}",
        "_applicant": who.name,
    }


def residence(rng: Random, cast: Cast, who: Person) -> Facts:
    """The police of a commune confirm where somebody lives."""
    day = days_before(rng, 2, 200)
    return {
        **describe(who),
        **issued_by(rng, f"Công an {who.unit.lower}", "XN-CA", day, who.unit.name.split(" ", 1)[1]),
        "household_head": cast.grandfather.name,
        "household_relationship": rng.choice(("Con", "Chủ hộ", "Cháu ruột", "Vợ")),
        "temporary_address": who.address,
        "expiry_date": (day + timedelta(days=365)).isoformat(),
    }


def card_expiry(who: Person) -> str:
    """A card expires at 25, 40 or 60 years of age (Law 26/2023/QH15, art. 21); "" for one that does not."""
    age = (HANDED_IN - who.born).days // 365
    limit = next((year for year in (25, 40, 60) if year - age > 1), 0)
    return who.born.replace(year=who.born.year + limit, day=min(who.born.day, 28)).isoformat() if limit else ""


def card_front(rng: Random, cast: Cast, who: Person) -> Facts:
    """The front of a person's card."""
    del rng, cast
    return {**describe(who), "expiry_date": card_expiry(who)}


def card_back(rng: Random, cast: Cast, who: Person) -> Facts:
    """The back of a person's card with its machine-readable zone."""
    del cast
    return {
        "identifying_features": rng.choice(MARKS),
        "issue_date": who.id_issued.isoformat(),
        "issuing_authority": who.id_issuer,
        "signer_name": make_person(rng, HANDED_IN, (45, 58), gender="Nam").name,
        "address": who.address,
        "place_of_birth": who.birthplace,
        "expiry_date": card_expiry(who),
        **zone(who),
    }


def check_digit(text: str) -> str:
    """The check digit of ICAO 9303: weights 7, 3, 1; letters from 10, `<` nought."""
    values = [0 if char == "<" else int(char, 36) for char in text]
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def zone(who: Person) -> Facts:
    """Three lines of 30 (ICAO 9303 part 5, TD1) with their check digits."""
    short = who.citizen_id[3:]
    first = f"IDVNM{short}{check_digit(short)}{who.citizen_id}<<"
    first += check_digit(first[15:29])
    expiry = card_expiry(who) or "2099-12-31"
    born, ends = who.born.strftime("%y%m%d"), expiry[2:].replace("-", "")
    second = f"{born}{check_digit(born)}{'M' if who.gender == 'Nam' else 'F'}{ends}{check_digit(ends)}VNM" + "<" * 11
    second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    family, *given = unaccented(who.name).upper().split()
    third = f"{family}<<{'<'.join(given)}".ljust(30, "<")[:30]
    return {"mrz_line_1": first, "mrz_line_2": second, "mrz_line_3": third}
