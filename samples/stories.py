"""Who asks for what: the procedure of a dossier, the facts of each of its papers, and what is left out."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samples.people import Person, make_person
from samples.places import Unit, any_unit
from samples.values import say_date

HANDED_IN = date(2026, 11, 16)
WAYS_TO_DIE = ("Già yếu", "Tuổi già", "Bệnh tim mạch", "Tai biến mạch máu não", "Ung thư phổi", "Suy hô hấp")
TRADES = (
    ("Tạp hóa", "Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng kinh doanh tổng hợp"),
    ("Quán phở", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"),
    ("Cơ khí", "Gia công cơ khí; xử lý và tráng phủ kim loại"),
    ("Tiệm tóc", "Cắt tóc, làm đầu, gội đầu"),
    ("Nông sản", "Bán buôn nông, lâm sản nguyên liệu"),
)

Facts = dict[str, str]


@dataclass(frozen=True)
class Story:
    """A dossier before it is drawn: procedure code, (kind, facts) of each paper handed in, kinds left out."""

    procedure: str
    papers: tuple[tuple[str, Facts], ...]
    missing: tuple[str, ...]


def tell_story(rng: Random, number: int) -> Story:
    """The story of dossier `number`: procedures take turns, about one dossier in four lacks a paper."""
    teller = TELLERS[number % len(TELLERS)]
    procedure, papers, needed = teller(rng, any_unit(rng))
    left_out = rng.choice(needed) if needed and rng.random() < 0.28 else ""
    kept = tuple((kind, facts) for kind, facts in papers if kind != left_out)
    return Story(procedure, kept, (left_out,) if left_out else ())


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


def days_before(rng: Random, first: int, last: int) -> date:
    """A day between `first` and `last` days before the dossier is handed in."""
    return HANDED_IN - timedelta(days=rng.randint(first, last))


def card_of(person: Person) -> tuple[str, Facts]:
    """The front of a person's card; it expires at 25, 40 or 60 years of age (Law 26/2023/QH15, art. 21)."""
    age = (HANDED_IN - person.born).days // 365
    limit = next((year for year in (25, 40, 60) if year - age > 1), 0)
    expiry = person.born.replace(year=person.born.year + limit, day=min(person.born.day, 28)).isoformat()
    return "citizen_id_front", {**describe(person), "expiry_date": expiry if limit else ""}


Told = tuple[str, list[tuple[str, Facts]], list[str]]


def tell_birth(rng: Random, unit: Unit) -> Told:
    """A child born in a hospital, registered by one of its parents."""
    mother = make_person(rng, HANDED_IN, (19, 36), gender="Nữ", unit=unit)
    father = make_person(rng, HANDED_IN, (21, 42), gender="Nam", unit=unit)
    family = father.name.split()[0]
    child = make_person(rng, HANDED_IN, (0, 0), unit=unit, ethnicity=father.ethnicity, family=family)
    born, day = days_before(rng, 6, 50), HANDED_IN
    hospital = rng.choice(("Bệnh viện Đa khoa tỉnh Lạng Sơn", "Bệnh viện Sản Nhi tỉnh Lạng Sơn"))
    asking, role = rng.choice(((mother, "Mẹ"), (father, "Cha")))
    facts = {
        **describe(mother, "mother_"), **describe(father, "father_"), "full_name": child.name, "gender": child.gender,
        "date_of_birth": born.isoformat(), "place_of_birth": hospital,
    }  # fmt: skip
    form = {
        **facts, **describe(asking, "applicant_"), **at_desk(unit, day), "applicant_relationship": role,
        "ethnicity": father.ethnicity, "nationality": "Việt Nam", "hometown": father.hometown,
        "_applicant": asking.name, "_birth_words": say_date(born.isoformat()),
    }  # fmt: skip
    midwife = make_person(rng, HANDED_IN, (26, 55), gender="Nữ")
    notice = {
        **facts, **issued_by(rng, hospital, "GCS", born + timedelta(days=2), "Lạng Sơn"),
        "time_of_birth": f"{rng.randrange(24):02d}:{rng.randrange(60):02d}", "_children": "01",
        "birth_weight_g": str(rng.randrange(25, 41) * 100), "birth_attendant": midwife.name, "_attendant": midwife.name,
        "mother_health_insurance_number": f"20{rng.randrange(10**8):08d}",
    }  # fmt: skip
    papers = [("birth_registration_declaration", form), ("medical_birth_certificate", notice)]
    return "1.001193", papers, ["medical_birth_certificate"]


def tell_marriage(rng: Random, unit: Unit) -> Told:
    """Two people who marry; one of them lives elsewhere and brings a certificate of marital status."""
    away = any_unit(rng)
    wife = make_person(rng, HANDED_IN, (19, 34), gender="Nữ", unit=unit)
    husband = make_person(rng, HANDED_IN, (21, 38), gender="Nam", unit=away)
    form = {
        **describe(wife, "wife_"), **describe(husband, "husband_"), **at_desk(unit, HANDED_IN),
        "copies_requested": "2", "wife_marriage_order": "1", "husband_marriage_order": "1",
        "_wife": wife.name, "_husband": husband.name,
    }  # fmt: skip
    office = f"Ủy ban nhân dân {away.lower}"
    issued = issued_by(rng, office, "UBND-XNTTHN", days_before(rng, 5, 90), away.name.split(" ", 1)[1])
    single = {
        **describe(husband), **issued, "applicant_name": husband.name,
        "marital_status": "Chưa đăng ký kết hôn với ai",
        "purpose": f"Đăng ký kết hôn với bà {wife.name} tại Ủy ban nhân dân {unit.lower}",
    }  # fmt: skip
    papers = [("marriage_registration_declaration", form), ("marital_status_certificate", single), card_of(husband)]
    return "1.000894", papers, ["marital_status_certificate"]


def tell_death(rng: Random, unit: Unit) -> Told:
    """An old person who died in a hospital, registered by a child."""
    dead = make_person(rng, HANDED_IN, (58, 92), unit=unit)
    heir = make_person(rng, HANDED_IN, (28, 55), unit=unit, ethnicity=dead.ethnicity)
    died = days_before(rng, 2, 12)
    hospital = rng.choice(("Bệnh viện Đa khoa tỉnh Lạng Sơn", "Bệnh viện Phổi tỉnh Lạng Sơn"))
    notice = {
        **describe(dead), **issued_by(rng, hospital, "GBT", died + timedelta(days=1), "Lạng Sơn"),
        "date_of_death": died.isoformat(), "time_of_death": f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
        "place_of_death": hospital, "cause_of_death": rng.choice(WAYS_TO_DIE), "relative_name": heir.name,
        "_relative": heir.name,
    }  # fmt: skip
    form = {
        **notice, **describe(heir, "applicant_"), **at_desk(unit, HANDED_IN), "copies_requested": "1",
        "applicant_relationship": "Con đẻ", "death_notice_number": notice["document_number"],
        "death_notice_authority": hospital, "death_notice_date": notice["issue_date"], "_applicant": heir.name,
    }  # fmt: skip
    papers = [("death_registration_declaration", form), ("death_notice", notice)]
    return "1.000656", papers, ["death_notice"]


def tell_business(rng: Random, unit: Unit) -> Told:
    """A person who opens a shop in their own commune."""
    owner = make_person(rng, HANDED_IN, (22, 58), unit=unit)
    trade, line = rng.choice(TRADES)
    form = {
        **describe(owner), **at_desk(unit, HANDED_IN), "business_name": f"Hộ kinh doanh {trade} {owner.name}",
        "business_address": owner.address, "business_line": line, "capital_vnd": str(rng.randrange(2, 60) * 5_000_000),
        "start_date": (HANDED_IN + timedelta(days=rng.randrange(10, 40))).isoformat(),
        "workers": str(rng.randrange(1, 6)),
        "_applicant": owner.name,
    }  # fmt: skip
    return "1.001612", [("household_business_application", form), card_of(owner)], []


TELLERS = (tell_birth, tell_marriage, tell_death, tell_business)
