"""How a normalised value is printed, and how printed amounts are said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

DATE_STYLES = {
    "train": (
        "{d:02d}/{m:02d}/{y}",
        "{d:02d}/{m:02d}/{y}",
        "{d:02d}-{m:02d}-{y}",
        "ngày {d:02d} tháng {m:02d} năm {y}",
        "{d}/{m}/{y}",
    ),
    "eval": (
        "{d:02d}/{m:02d}/{y}",
        "{d:02d}.{m:02d}.{y}",
        "{d:02d} / {m:02d} / {y}",
        "ngày {d:02d}/{m:02d}/{y}",
        "{d:02d} tháng {m:02d} năm {y}",
    ),
}
TIME_STYLES = {
    "train": ("{h:02d} giờ {m:02d} phút", "{h:02d}h{m:02d}", "{h} giờ {m:02d}"),
    "eval": ("{h:02d}:{m:02d}", "{h} giờ {m} phút", "{h:02d} giờ {m:02d}"),
}
UNITS_VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
SCALES = ("", "nghìn", "triệu", "tỷ")


@dataclass(frozen=True)
class Manner:
    """How one paper's writer writes: the same all over a paper, as a person keeps one hand."""

    date: str
    time: str
    upper_names: bool
    dotted_money: bool
    comma_area: bool


def pick_manner(rng: Random, split: str) -> Manner:
    """A manner from those of the split; demo writes as train does."""
    key = "eval" if split in {"eval", "wild"} else "train"
    dates, times = rng.choice(DATE_STYLES[key]), rng.choice(TIME_STYLES[key])
    return Manner(dates, times, rng.random() < 0.55, rng.random() < 0.85, rng.random() < 0.7)


def print_date(iso: str, pattern: str) -> str:
    """An ISO date in `pattern`; a year or a month alone stays as it is."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    if len(parts) == 2:
        return f"{parts[1]}/{parts[0]}"
    day = date.fromisoformat(iso)
    return pattern.format(d=day.day, m=day.month, y=day.year)


def long_date(iso: str) -> str:
    """`ngày 05 tháng 02 năm 2026`, the official way (Decree 30/2020/NĐ-CP)."""
    return print_date(iso, "ngày {d:02d} tháng {m:02d} năm {y}")


def group_digits(digits: str, mark: str = ".") -> str:
    """`1234567` as `1.234.567`."""
    return f"{int(digits):,}".replace(",", mark)


def print_value(field: str, value: str, manner: Manner, style: str = "") -> str:
    """The printed form of a field's normalised value; `style` overrides the manner for dates, names and numbers."""
    if style in STYLED:
        return STYLED[style](value)
    if field.endswith("_date") or "date_of" in field or field == "deadline":
        return print_date(value, manner.date)
    if field.startswith("time_"):
        hour, minute = value.split(":")
        return manner.time.format(h=int(hour), m=int(minute))
    if field.endswith("name") and manner.upper_names and field not in PLAIN_NAMES:
        return value.upper()
    return print_amount(field, value, manner)


def print_amount(field: str, value: str, manner: Manner) -> str:
    """Money and areas with their units; anything else as it is."""
    if field.endswith("_vnd"):
        return f"{group_digits(value) if manner.dotted_money else value} đồng"
    if field.endswith("_m"):
        return value.replace(".", ",")
    if field.endswith("_m2"):
        return f"{value.replace('.', ',') if manner.comma_area else value} m²"
    return value


PLAIN_NAMES = {"class_name", "project_name", "school", "business_name", "signer_name", "notary_name", "designer_name"}


def say_group(number: int, *, full: bool) -> str:
    """Words of 0 to 999; `full` says the empty hundreds, as inside a longer number."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [f"{UNITS_VI[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        words += ([f"lẻ {UNITS_VI[ones]}"] if words else [UNITS_VI[ones]]) if ones else []
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{UNITS_VI[tens]} mươi")
    if ones:
        words.append({1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, UNITS_VI[ones]))
    return " ".join(words)


def say_number(number: int) -> str:
    """A whole number below a thousand billion in Vietnamese words."""
    groups = []
    rest = number
    while rest:
        groups.append(rest % 1000)
        rest //= 1000
    last = len(groups) - 1
    said = [
        f"{say_group(group, full=place < last)} {SCALES[place]}".strip()
        for place, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(said) or UNITS_VI[0]


def say_date(iso: str) -> str:
    """A whole date in words, as birth papers repeat it."""
    day = date.fromisoformat(iso)
    small = f"mồng {say_number(day.day)}" if day.day <= 10 else say_number(day.day)
    month = "tư" if day.month == 4 else say_number(day.month)
    return f"Ngày {small}, tháng {month}, năm {say_number(day.year)}"


def say_money(value: str) -> str:
    """An amount of đồng in words, capitalised as receipts print it."""
    text = say_number(int(value))
    return f"{text[0].upper()}{text[1:]} đồng"


STYLED: dict[str, Callable[[str], str]] = {
    "as-is": lambda value: value,
    "upper": str.upper,
    "long": long_date,
    "slash": lambda value: print_date(value, "{d:02d}/{m:02d}/{y}"),
    "words": say_date,
    "say": say_money,
    "year": lambda value: value[:4],
    "dots": group_digits,
    "two": lambda value: value.zfill(2),
    "spaced": " ".join,
    "bare": lambda value: value.replace(".", ","),
}
