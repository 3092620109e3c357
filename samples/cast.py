"""The people round one matter and the parcel of land they own: every paper of a dossier tells of the same ones."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from samples.people import Person, make_person
from samples.places import Unit, any_unit, print_address

HANDED_IN = date(2026, 11, 16)
PURPOSES = (
    "Đất ở tại nông thôn",
    "Đất ở tại đô thị",
    "Đất trồng cây lâu năm",
    "Đất trồng lúa nước",
    "Đất rừng sản xuất",
)
ORIGINS = (
    "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    "Nhận chuyển nhượng đất được công nhận quyền sử dụng đất",
    "Nhà nước giao đất không thu tiền sử dụng đất",
    "Nhận thừa kế đất được công nhận quyền sử dụng đất",
)


@dataclass(frozen=True)
class Parcel:
    """A parcel of land with its certificate; area in square metres."""

    number: str
    sheet: str
    area: str
    address: str
    purpose: str
    term: str
    form: str
    origin: str
    certificate: str
    book: str
    issued: date


@dataclass(frozen=True)
class Cast:
    """A couple with its child and the husband's parents in one unit, and somebody else with a spouse elsewhere."""

    unit: Unit
    husband: Person
    wife: Person
    child: Person
    grandfather: Person
    grandmother: Person
    other: Person
    other_spouse: Person
    parcel: Parcel
    day: date = HANDED_IN

    def spouse_of(self, who: Person) -> Person:
        """Whom this person is married to."""
        pairs = (
            (self.husband, self.wife),
            (self.grandfather, self.grandmother),
            (self.other, self.other_spouse),
        )
        return next(b if who == a else a for a, b in pairs if who in {a, b})

    def parents_of(self, who: Person, rng: Random) -> tuple[Person, Person]:
        """Father and mother; invented anew for those whose parents are no part of the cast."""
        if who == self.child:
            return self.husband, self.wife
        if who == self.husband:
            return self.grandfather, self.grandmother
        age = (self.day - who.born).days // 365
        family = who.name.split()[0]
        older = (age + 20, age + 34)
        return (
            make_person(rng, self.day, older, gender="Nam", unit=who.unit, ethnicity=who.ethnicity, family=family),
            make_person(rng, self.day, older, gender="Nữ", unit=who.unit),
        )


def days_before(rng: Random, first: int, last: int) -> date:
    """A day between `first` and `last` days before the dossier is handed in."""
    return HANDED_IN - timedelta(days=rng.randint(first, last))


def make_cast(rng: Random) -> Cast:
    """A cast of one commune."""
    unit, away = any_unit(rng), any_unit(rng)
    husband = make_person(rng, HANDED_IN, (22, 45), gender="Nam", unit=unit)
    wife = make_person(rng, HANDED_IN, (20, 42), gender="Nữ", unit=unit)
    family = husband.name.split()[0]
    child = make_person(rng, HANDED_IN, (0, 0), unit=unit, ethnicity=husband.ethnicity, family=family)
    child = replace(child, born=days_before(rng, 6, 55), address=husband.address, hometown=husband.hometown)
    old = (int((HANDED_IN - husband.born).days / 365) + 22, int((HANDED_IN - husband.born).days / 365) + 35)
    grandfather = make_person(rng, HANDED_IN, old, gender="Nam", unit=unit, ethnicity=husband.ethnicity, family=family)
    other = make_person(rng, HANDED_IN, (24, 62), unit=away)
    spouse_gender = "Nữ" if other.gender == "Nam" else "Nam"
    return Cast(
        unit=unit, husband=husband, wife=replace(wife, address=husband.address) if rng.random() < 0.6 else wife,
        child=child, grandfather=grandfather, grandmother=make_person(rng, HANDED_IN, old, gender="Nữ", unit=unit),
        other=other, other_spouse=make_person(rng, HANDED_IN, (24, 60), gender=spouse_gender, unit=away),
        parcel=make_parcel(rng, unit),
    )  # fmt: skip


def make_parcel(rng: Random, unit: Unit) -> Parcel:
    """A parcel in a unit with a certificate of the old (two letters, six digits) or the new series (eight digits)."""
    old = rng.random() < 0.6
    letters = "".join(rng.choice("ABCDEGHKLMNPQRSTUVX") for _ in range(2))
    serial = f"{letters} {rng.randrange(10**6):06d}" if old else f"{letters} {rng.randrange(10**8):08d}"
    purpose = rng.choice(PURPOSES)
    whole = rng.randrange(60, 900)
    return Parcel(
        number=str(rng.randrange(1, 900)), sheet=str(rng.randrange(1, 120)),
        area=f"{whole}.{rng.randrange(1, 10)}" if rng.random() < 0.6 else str(whole),
        address=print_address(rng, unit), purpose=purpose,
        term="Lâu dài" if purpose.startswith("Đất ở") else f"Đến ngày 15/10/20{rng.randrange(43, 70)}",
        form=rng.choice(("Sử dụng riêng", "Sử dụng chung")), origin=rng.choice(ORIGINS), certificate=serial,
        book=f"{rng.choice(('CH', 'CN', 'CS', 'VP'))}{rng.randrange(10**5):05d}",
        issued=days_before(rng, 300, 5500 if old else 700),
    )  # fmt: skip
