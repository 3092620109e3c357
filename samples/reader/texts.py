"""What stands on a line to be learned from: law, names, numbers, addresses, capitals, and signs never read before."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random

from samples.people import make_name
from samples.places import any_unit, print_address
from services.catalogue.national import load_national

MANNERS = {"law": 6, "loose": 2, "names": 4, "numbers": 4, "address": 2, "procedure": 2, "signs": 1, "capitals": 3}
ENDINGS = ("NĐ-CP", "QĐ-UBND", "TT-BTP", "TT-BTNMT", "QH14", "UBND-VP", "TB-TNMT")
_MARKUP = re.compile(r"[*#|<>\\]")
LONGEST = 25


def read_texts(folders: Iterable[Path]) -> tuple[str, ...]:
    """The words of every `.txt` and `.md` below the folders (law carries no copyright: Law on IP, art. 15)."""
    found: list[str] = []
    for file in sorted(file for folder in folders for end in ("md", "txt") for file in folder.rglob(f"*.{end}")):
        found += unicodedata.normalize("NFC", file.read_text(encoding="utf-8")).split()
    return tuple(word for word in found if len(word) < LONGEST and not _MARKUP.search(word))


@cache
def procedure_names() -> tuple[str, ...]:
    """Names of procedures in the national catalogue, one in seven."""
    national = load_national()
    rows = (national.find(code) for code in tuple(national.codes)[::7])
    return tuple(row.procedure.name_vi for row in rows if row)


def draw_words(rng: Random, law: tuple[str, ...]) -> list[str]:
    """A dozen words or more of one manner; `law` holds 41 words at least."""
    manner = rng.choices(list(MANNERS), list(MANNERS.values()))[0]
    at = rng.randrange(len(law) - 40)
    draw: dict[str, Callable[[], list[str]]] = {
        "law": lambda: list(law[at : at + 30]),
        "capitals": lambda: [word.upper() for word in law[at : at + 20]],
        "loose": lambda: [rng.choice(law) for _ in range(30)],
        "names": lambda: _names(rng),
        "numbers": lambda: [_number(rng) for _ in range(12)],
        "address": lambda: print_address(rng, any_unit(rng)).split(),
        "procedure": lambda: rng.choice(procedure_names()).split(),
        "signs": lambda: " ".join(_signed(rng, rng.choice(law)) for _ in range(15)).split(),
    }
    return draw[manner]()


def _names(rng: Random) -> list[str]:
    one, other = (
        make_name(rng, rng.choice(("Nam", "Nữ")), ethnicity)
        for ethnicity in (rng.choice(("Kinh", "Tày", "Nùng")), "Kinh")
    )
    text = f"{one}{rng.choice((' ', ', ', ' - ', ' và ', ' Bà ', ' Ông: ', ' Họ và tên: '))}{other}"
    return (text.upper() if rng.random() < 0.4 else text).split()


def _figures(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _number(rng: Random) -> str:
    day, month, year = rng.randrange(1, 32), rng.randrange(1, 13), rng.randrange(1930, 2030)
    capital = rng.choice("ABCDĐEGHIKLMNOPQRSTUVXY")
    return rng.choice((
        _figures(rng, 12), _figures(rng, 9), f"{day:02d}/{month:02d}/{year}", f"{day}-{month}-{year}",
        f"{rng.randrange(1, 4000)}/{year}/{rng.choice(ENDINGS)}", f"0{_figures(rng, 9)}",
        f"{rng.randrange(1, 999)}.{_figures(rng, 3)}.{_figures(rng, 3)}", f"{rng.randrange(999)},{_figures(rng, 2)}",
        f"{_figures(rng, 4)} {_figures(rng, 3)} {_figures(rng, 3)}", f"{rng.randrange(1, 100)}%", f"({day})",
        f"{day}.{month}.", "số", "ngày", "tháng", "năm", "m2", "đồng", f"{capital}{_figures(rng, rng.randrange(2, 8))}",
        f"{day + 10}{capital}{month}-{_figures(rng, 3)}.{_figures(rng, 2)}", f"hoa{_figures(rng, 2)}@gmail.com",
    ))  # fmt: skip


def _signed(rng: Random, word: str) -> str:
    number = rng.randrange(400)
    return rng.choice((
        f'"{word}"', f"{word}!", f"{word}?", f"[{word}]", f"[{number}]", f"= {word}", f"{number}°", f"{{{word}}}",
        f"~{number}", f"{number} m²", f"({word})", f"{word}/{word}", f"{word};", f"{word}: {word}", f"{word} & {word}",
        f"+ {word}", f"* {word}", f"- {word}", f"“{word}”",
    ))  # fmt: skip
