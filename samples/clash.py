"""Makes two papers of a dossier contradict one another, as a slip of a pen or a forgery does."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samples.people import GIVEN

Facts = dict[str, str]
SORTS = ("name", "date_of_birth", "citizen_id", "parcel_number", "map_sheet", "area_m2", "certificate_number",
         "date_of_death")  # fmt: skip


@dataclass(frozen=True)
class Clash:
    """The value that papers share, the one that a paper (its place, from 0) has instead, and that paper's new facts."""

    sort: str
    right: str
    wrong: str
    paper: int
    facts: Facts


def sort_of(field: str) -> str:
    """The sort of fact of a field, "" for one that is not made to clash."""
    if field in {"full_name", "document_number"}:
        return {"full_name": "name", "document_number": "certificate_number"}[field]
    if field.startswith("_"):
        return ""
    return next((sort for sort in SORTS if field == sort or field.endswith(f"_{sort}")), "")


def make_clash(rng: Random, papers: list[Facts]) -> Clash | None:
    """One value that at least two papers share, changed in one of them; None where they share none."""
    shared: dict[tuple[str, str], set[int]] = {}
    for place, facts in enumerate(papers):
        for field, value in facts.items():
            if value and sort_of(field):
                shared.setdefault((sort_of(field), value), set()).add(place)
    found = sorted((key, places) for key, places in shared.items() if len(places) > 1)
    if not found:
        return None
    (sort, right), places = rng.choice(found)
    paper = rng.choice(sorted(places))
    wrong = spoil(rng, sort, right)
    facts = {field: wrong if value == right else value for field, value in papers[paper].items()}
    return Clash(sort, right, wrong, paper, facts)


def spoil(rng: Random, sort: str, value: str) -> str:
    """A value of the same sort that is another's."""
    if sort == "name":
        head, _, given = value.rpartition(" ")
        return f"{head} {rng.choice([n for names in GIVEN.values() for n in names if n != given])}"
    if sort.startswith("date"):
        return (date.fromisoformat(value) + timedelta(days=rng.choice((-365, 31, 9, -1, 100)))).isoformat()
    places = [place for place, char in enumerate(value) if char.isdigit()]
    place = places[-1] if sort != "citizen_id" else rng.choice(places[-5:])
    other = rng.choice([digit for digit in "123456789" if digit != value[place]])
    return value[:place] + other + value[place + 1 :]
