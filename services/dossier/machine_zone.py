"""Machine-readable zones of travel papers and identity cards (ICAO Doc 9303): their check digits."""

import re

WEIGHTS = (7, 3, 1)

_PROVEN = (
    re.compile(r"[IAC][A-Z<]{4}(.{9})(\d).{15}"),  # TD1, first line
    re.compile(r"(\d{6})(\d)[MF<](\d{6})(\d).{15}"),  # TD1, second line
    re.compile(r"(.{9})(\d)[A-Z<]{3}(\d{6})(\d)[MF<](\d{6})(\d).{8}(?:.{8})?"),  # TD2 and TD3, second line
)


def check_digit(text: str) -> int:
    """The check digit of ICAO 9303, part 3: weights 7, 3, 1; letters from A = 10; `<` = 0."""
    values = [int(char) if char.isdigit() else 0 if char == "<" else ord(char) - 55 for char in text]
    return sum(value * WEIGHTS[at % 3] for at, value in enumerate(values)) % 10


def proof_of(line: str) -> int:
    """How many check digits of a line (A-Z, 0-9, `<`) hold, less those that do not; 0 for a line that has none."""
    for pattern in _PROVEN:
        if match := pattern.fullmatch(line):
            groups = match.groups()
            holds = [check_digit(groups[at]) == int(groups[at + 1]) for at in range(0, len(groups), 2)]
            return 2 * sum(holds) - len(holds)
    return 0
