"""Invented people with the names, peoples and personal numbers of Lạng Sơn."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samples.places import Unit, any_unit, old_address, print_address

FAMILY = {
    "Tày": ["Hoàng", "Nông", "Lý", "Vi", "Hứa", "Bế", "Lương", "Ma", "Đàm", "La", "Triệu", "Chu", "Phùng", "Lục"],
    "Nùng": ["Hoàng", "Nông", "Lộc", "Vy", "Lành", "Mã", "Lăng", "Phùng", "Hứa", "Triệu", "Sầm", "Liễu", "Lâm"],
    "Dao": ["Triệu", "Đặng", "Bàn", "Dương", "Lý", "Phùng", "Chíu", "Tằng", "Lan"],
    "Kinh": [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Vũ",
        "Đỗ",
        "Bùi",
        "Phan",
        "Ngô",
        "Đinh",
        "Đoàn",
        "Mai",
        "Trịnh",
        "Võ",
    ],
}
SHARE = (("Nùng", 43), ("Tày", 36), ("Kinh", 16), ("Dao", 5))
MIDDLE = {
    "Nam": [
        "Văn",
        "Đức",
        "Minh",
        "Quang",
        "Hữu",
        "Xuân",
        "Ngọc",
        "Thanh",
        "Quốc",
        "Đình",
        "Anh",
        "Công",
        "Trung",
        "Hải",
        "Tuấn",
        "Việt",
    ],
    "Nữ": [
        "Thị",
        "Thị",
        "Thị",
        "Ngọc",
        "Thu",
        "Thanh",
        "Bích",
        "Kim",
        "Minh",
        "Hồng",
        "Phương",
        "Khánh",
        "Thùy",
        "Diệu",
        "Mai",
        "Bảo",
    ],
}
GIVEN = {
    "Nam": [
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Đạt",
        "Giang",
        "Hải",
        "Hiếu",
        "Hòa",
        "Huy",
        "Hưng",
        "Khánh",
        "Kiên",
        "Lâm",
        "Long",
        "Mạnh",
        "Nam",
        "Nghĩa",
        "Phong",
        "Phúc",
        "Quân",
        "Quyết",
        "Sơn",
        "Sáng",
        "Thắng",
        "Thành",
        "Thịnh",
        "Thuận",
        "Tiến",
        "Toàn",
        "Trường",
        "Tuấn",
        "Tùng",
        "Việt",
        "Vinh",
        "Vượng",
        "Ước",
        "Chiến",
        "Páo",
        "Sinh",
        "Thức",
        "Đoàn",
        "Đại",
    ],
    "Nữ": [
        "Anh",
        "Ánh",
        "Bích",
        "Chi",
        "Châm",
        "Diệp",
        "Dung",
        "Duyên",
        "Giang",
        "Hà",
        "Hạnh",
        "Hằng",
        "Hiền",
        "Hoa",
        "Huệ",
        "Hương",
        "Hường",
        "Lan",
        "Lệ",
        "Liên",
        "Linh",
        "Loan",
        "Ly",
        "Mai",
        "My",
        "Nga",
        "Ngân",
        "Nguyệt",
        "Nhung",
        "Oanh",
        "Phượng",
        "Quỳnh",
        "Sen",
        "Thảo",
        "Thơm",
        "Thúy",
        "Trang",
        "Tuyết",
        "Uyên",
        "Vân",
        "Yến",
        "Xuân",
        "Nết",
        "Thời",
        "Ngoan",
    ],
}
PROVINCES = (("020", 90), ("001", 3), ("004", 2), ("024", 2), ("022", 1), ("008", 1), ("019", 1))
POLICE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
MINISTRY = "Bộ Công an"
MAIL = ("gmail.com", "yahoo.com", "outlook.com")
ASCII_FROM = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
ASCII_TO = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"
TO_ASCII = str.maketrans(ASCII_FROM + ASCII_FROM.upper(), ASCII_TO + ASCII_TO.upper())


@dataclass(frozen=True)
class Person:
    """One invented citizen; dates are days, `citizen_id` is 12 digits (PPP, century and sex, YY, six digits)."""

    name: str
    gender: str
    born: date
    ethnicity: str
    citizen_id: str
    old_id: str
    id_issued: date
    id_issuer: str
    unit: Unit
    address: str
    hometown: str
    birthplace: str
    phone: str
    email: str
    nationality: str = "Việt Nam"


def unaccented(text: str) -> str:
    """`text` in ASCII letters, as machine-readable zones and mail addresses print it."""
    return text.translate(TO_ASCII)


def pick_weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    """One of `choices`, each as likely as its weight."""
    return rng.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def make_name(rng: Random, gender: str, ethnicity: str, family: str | None = None) -> str:
    """Family, one or two middle and given name, all different, as registers of the province hold them."""
    family = family or rng.choice(FAMILY[ethnicity])
    given = rng.choice(GIVEN[gender])
    middles = [rng.choice([m for m in MIDDLE[gender] if m not in {family, given}])]
    if rng.random() < 0.16:
        extra = [m for m in MIDDLE[gender] if m not in {family, given, middles[0], "Thị"}]
        middles.append(rng.choice(extra))
    return " ".join([family, *middles, given])


def personal_number(rng: Random, born: date, gender: str) -> str:
    """A number whose province, century, sex and year digits are right (Circular 59/2021/TT-BCA art. 3 scheme)."""
    digit = 2 * (born.year // 100 - 19) + (gender == "Nữ")
    return f"{pick_weighted(rng, PROVINCES)}{digit}{born.year % 100:02d}{rng.randrange(1_000_000):06d}"


def card_issued(rng: Random, born: date, today: date) -> date:
    """The day a chip or 2024 card was issued: after 14 years of age and after 2021."""
    first = max(date(2021, 2, 1), born + timedelta(days=14 * 366))
    return first + timedelta(days=rng.randrange(max(1, (today - first).days - 30))) if first < today else first


def make_person(
    rng: Random, today: date, age: tuple[int, int],    *,
 gender: str | None = None, unit: Unit | None = None,
    ethnicity: str | None = None, family: str | None = None,
) -> Person:  # fmt: skip
    """A person `age` years old today who lives in `unit`; in one case of eight the address is district-era."""
    gender = gender or rng.choice(("Nam", "Nữ"))
    ethnicity = ethnicity or pick_weighted(rng, SHARE)
    born = today - timedelta(days=rng.randrange(age[0] * 365, age[1] * 365 + 365))
    unit = unit or any_unit(rng)
    name = make_name(rng, gender, ethnicity, family)
    issued = card_issued(rng, born, today)
    mail = unaccented("".join(name.split()[-1:] + [w[0] for w in name.split()[:-1]])).lower()
    return Person(
        name=name, gender=gender, born=born, ethnicity=ethnicity, citizen_id=personal_number(rng, born, gender),
        old_id=f"08{rng.randrange(10_000_000):07d}" if born.year < 2002 and rng.random() < 0.7 else "",
        id_issued=issued, id_issuer=MINISTRY if issued >= date(2024, 7, 1) else POLICE, unit=unit,
        address=old_address(rng, unit) if rng.random() < 0.12 else print_address(rng, unit),
        hometown=rng.choice((f"{unit.name}, tỉnh Lạng Sơn", old_address(rng, unit, village=False))),
        birthplace=rng.choice(("Lạng Sơn", f"{unit.name}, tỉnh Lạng Sơn", old_address(rng, unit, village=False))),
        phone=f"0{rng.choice('35789')}{rng.choice('2345678')}{rng.randrange(10_000_000):07d}",
        email=f"{mail}{rng.randrange(10, 999)}@{rng.choice(MAIL)}",
    )  # fmt: skip
