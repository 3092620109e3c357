"""Numbers that are names: plots, serials, registers, codes, and the few quantities with a unit of their own."""

import re

from services.dossier.compare import tidy
from services.extract.normal import digits_of, read_number

_CODE = re.compile(r"[0-9A-ZĐƯÔÂa-z][0-9A-Za-zĐđƯưÔôÂâ\-./&]*")
_KILO = re.compile(r"kg|kilô|kí|ký", re.IGNORECASE)


def read_weight(text: str) -> str | None:
    """A birth weight in grams, also where it is printed in kilograms."""
    number = read_number(text)
    if number is None:
        return None
    grams = float(number) * (1000 if _KILO.search(text) or float(number) < 20 else 1)  # noqa: PLR2004
    return str(round(grams))


def read_year(text: str) -> str | None:
    """A year, the last one printed (`khóa thi ngày 28 tháng 6 năm 2019`)."""
    found = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", text)
    return found[-1] if found else None


def read_floors(text: str) -> str | None:
    """The number of floors; a longer description is kept as printed."""
    match = re.match(r"\D{0,12}(\d{1,2})\s*(?:tầng)?\s*[.,;]?$", tidy(text), re.IGNORECASE)
    if match:
        return str(int(match[1]))
    match = re.match(r"\s*(\d{1,2})\b", text)
    return str(int(match[1])) if match else None


def read_plot(text: str) -> str | None:
    """The number of a parcel or map sheet: digits, perhaps with a sub-number (`125-2`, `45a`)."""
    match = re.search(r"\d[\dOol]*(?:[-/.]\d+)*[a-z]?(?![a-z])", text)
    return re.sub(r"[Oo]", "0", match.group()).replace("l", "1") if match else None


def read_serial(text: str) -> str | None:
    """A land certificate's serial: two letters and six or eight digits (`BH 123456`, `AA 01695788`)."""
    match = re.search(r"\b([A-ZĐ]{1,2})\s?[-.]?\s?([\dOolI]{6,8})\b", text)
    return f"{match[1]} {digits_of(match[2])}" if match else None


def read_scale(text: str) -> str | None:
    """A scale as `1/100`."""
    match = re.search(r"1\s*[/:]\s*(\d{1,5})", text)
    return f"1/{match[1]}" if match else None


def read_code(text: str) -> str | None:
    """A number or code as printed, without spaces around its signs and what follows it."""
    plain = re.sub(r"\s*([/\-])\s*", r"\1", tidy(text).strip(" .,;:_|"))
    for match in _CODE.finditer(plain):
        found = match.group().strip(".-/")
        if re.search(r"\d", found):
            before = re.match(r"([A-ZĐ]{1,3}) $", plain[: match.start()])
            return f"{before[1]} {found}" if before else found
    return None
