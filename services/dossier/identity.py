"""What the numbers of people say of themselves.

A personal number holds the province of registration, the century and sex and the year of birth (Decree 137/2015/ND-CP,
article 13; Circular 59/2021/TT-BCA); a tax code ends its first ten digits with a check digit.
"""

import re

# the codes of the 63 provinces where a birth was registered, unchanged by the mergers of 2025
PROVINCE_CODES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
        45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87,
        89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
TEN_DIGITS, SERIES = 10, 12


def agrees(number: str, born: str, sex: str) -> bool | None:
    """Whether a personal number of twelve digits goes with a birth (ISO, or its year) and a sex; None: nobody knows."""
    if len(number) != SERIES:
        return None
    if number[:3] not in PROVINCE_CODES or int(number[3]) > 3:  # noqa: PLR2004 - 2: men, 3: women of this century
        return False
    if sex and int(number[3]) % 2 != (sex == "Nữ"):
        return False
    if not re.match(r"\d{4}", born):
        return None
    return f"{19 + int(number[3]) // 2}{number[4:6]}" == born[:4]


def is_tax_code(code: str) -> bool:
    """The check digit of a tax code of ten digits, with or without a branch of three (Circular 86/2024/TT-BTC)."""
    digits = [int(char) for char in re.sub(r"\D", "", code)[:TEN_DIGITS]]
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    return (
        len(digits) == TEN_DIGITS and digits[-1] == 10 - sum(a * b for a, b in zip(digits, weights, strict=False)) % 11
    )


def has_check_digit(code: str) -> bool:
    """Whether a tax code is of the sort that has one: ten digits, with or without a branch of three."""
    return len(re.sub(r"\D", "", code)) in {TEN_DIGITS, TEN_DIGITS + 3}
