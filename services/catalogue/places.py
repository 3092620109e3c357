"""Addresses of the two-level units since 1/7/2025 and of the time of districts before, told apart and joined."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.dossier.compare import fold

_COMMUNE = re.compile(r"(xa|phuong|thi tran|tt|p|x)\s+(.+)")
_DISTRICT = re.compile(r"(huyen|quan|thi xa|thanh pho|tp|h|q|tx)\s+(.+)")
_PROVINCE = re.compile(r"(?:tinh|thanh pho|tp)\s+(.+)")
_SHORT = {"tt": "thi tran", "p": "phuong", "x": "xa"}
LANG_SON = "lang son"


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune or ward since 1/7/2025 and the pairs (commune, district) it was made from."""

    name: str
    former: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address, folded; `district` is empty in an address of two levels, `place` is what stands before
    the commune (village, street, house)."""

    place: str
    commune: str
    district: str
    province: str

    @property
    def is_old(self) -> bool:
        """Whether it was written as before 1/7/2025, when there were districts."""
        return bool(self.district)


@cache
def all_units() -> tuple[Unit, ...]:
    """The units of Lạng Sơn."""
    table = tomllib.loads(files("services.catalogue").joinpath("langson_units.toml").read_text("utf-8"))
    return tuple(Unit(one["name"], tuple((old, district) for old, district in one["former"])) for one in table["unit"])


@cache
def commune_names() -> tuple[str, ...]:
    """All names of communes, wards and towns of the province, of now and before, each once."""
    names = [name for unit in all_units() for name in (unit.name, *(old for old, _ in unit.former))]
    return tuple(dict.fromkeys(names))


@cache
def district_names() -> tuple[str, ...]:
    """The districts that fell away on 1/7/2025."""
    return tuple(dict.fromkeys(district for unit in all_units() for _, district in unit.former))


def parse_address(text: str) -> Address:
    """The parts of an address written on one line with commas; what is not found is empty."""
    parts = [fold(part) for part in text.split(",") if fold(part)]
    province = district = commune = ""
    while parts:
        last = parts[-1]
        if not province and not commune and (found := _PROVINCE.fullmatch(last) or re.fullmatch(r"(lang son)", last)):
            province = found[1]
        elif not district and not commune and (found := _DISTRICT.fullmatch(last)):
            district = f"{found[1]} {found[2]}"
        elif not commune and (found := _COMMUNE.fullmatch(last)):
            commune = f"{_SHORT.get(found[1], found[1])} {found[2]}"
        else:
            break
        parts.pop()
    return Address(", ".join(parts), commune, district, province)


def units_now(address: Address) -> frozenset[str]:
    """The units of today in whose ground an address lies; more than one where an old name was used twice."""
    if address.province not in {"", LANG_SON} or not address.commune:
        return frozenset()
    old = {unit.name for unit in all_units() for name, district in unit.former if _is(address, name, district)}
    if address.is_old:
        return frozenset(old)
    return frozenset({unit.name for unit in all_units() if fold(unit.name) == address.commune} or old)


def _is(address: Address, name: str, district: str) -> bool:
    return fold(name) == address.commune and address.district in {"", fold(district)}
