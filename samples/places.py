"""Units, villages, streets and addresses; the 65 units are facts, the house numbers are invented."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

VILLAGES = [
    "Nà",
    "Pàn",
    "Bản",
    "Chu",
    "Khòn",
    "Cuổi",
    "Pò",
    "Mất",
    "Nà",
    "Lầu",
    "Bản",
    "Quyền",
    "Khuổi",
    "Tẳng",
    "Nà",
    "Sa",
    "Cốc",
    "Nam",
    "Kéo",
    "Cằng",
    "Pác",
    "Cú",
    "Nà",
    "Dài",
    "Bản",
    "Mới",
    "Tằng",
    "Nhang",
    "Phai",
    "Cam",
    "Nà",
    "Chuông",
    "Khơ",
    "Đa",
    "Còn",
    "Quyền",
    "Hợp",
    "Thành",
    "Tân",
    "Tiến",
    "Đồng",
    "Tâm",
    "Nà",
    "Tồng",
    "Quang",
    "Trung",
    "Làng",
    "Thành",
    "Pá",
    "Phiêng",
    "Bó",
    "Luông",
]
VILLAGE_NAMES = tuple(" ".join(VILLAGES[i : i + 2]) for i in range(0, len(VILLAGES), 2))
STREETS = (
    "Trần Đăng Ninh", "Lê Lợi", "Bà Triệu", "Ngô Quyền", "Hùng Vương", "Nguyễn Du", "Phai Vệ", "Bắc Sơn", "Tam Thanh",
    "Lý Thường Kiệt", "Trần Hưng Đạo", "Minh Khai", "Lê Đại Hành", "Nhị Thanh", "Mai Thế Chuẩn",
)  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """A commune-level unit since 2025-07-01 with the pairs (commune, district) it was made from."""

    code: str
    name: str
    former: tuple[tuple[str, str], ...]

    @property
    def lower(self) -> str:
        """`xã Đình Lập`: the kind of unit in small letters, as it stands inside a sentence."""
        return self.name[0].lower() + self.name[1:]


@cache
def all_units() -> tuple[Unit, ...]:
    """The units of the province, in the order of their codes."""
    path = Path(__file__).parent / "data" / "units.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["units"]
    return tuple(Unit(code, name, tuple((old, district) for old, district in former)) for code, name, former in rows)


def any_unit(rng: Random) -> Unit:
    """One of the 65 units."""
    return rng.choice(all_units())


def small(name: str) -> str:
    """`Huyện Cao Lộc` as it stands inside an address: `huyện Cao Lộc`."""
    return name[0].lower() + name[1:]


def place_in(rng: Random, unit_name: str) -> str:
    """A village, block or house in a unit, without the unit."""
    if unit_name.lower().startswith(("phường", "thị trấn")):
        house = f"Số {rng.randrange(1, 400)} đường {rng.choice(STREETS)}"
        return rng.choice(
            (house, f"Khối {rng.randrange(1, 12)}", f"Số {rng.randrange(1, 90)}, khối {rng.randrange(1, 12)}")
        )
    village = rng.choice(VILLAGE_NAMES)
    return rng.choice((f"Thôn {village}", f"Thôn {village}", f"thôn {village}", f"Bản {village}"))


def print_address(rng: Random, unit: Unit) -> str:
    """A two-level address: village or street, unit, province."""
    tail = rng.choice(("tỉnh Lạng Sơn", "tỉnh Lạng Sơn", "Lạng Sơn"))
    name = unit.name if tail == "Lạng Sơn" else unit.lower
    return f"{place_in(rng, unit.name)}, {name}, {tail}"


def old_address(rng: Random, unit: Unit, *, village: bool = True) -> str:
    """An address of the time of districts (before 2025-07-01) in the ground of `unit`."""
    commune, district = rng.choice(unit.former)
    head = f"{place_in(rng, commune)}, " if village else ""
    return f"{head}{small(commune) if village else commune}, {small(district)}, tỉnh Lạng Sơn"
