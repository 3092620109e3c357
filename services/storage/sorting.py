"""How an officer sorts the pages of a dossier into papers: kinds corrected, papers split and joined.

A paper of the same pages keeps its number, so that what was confirmed on it stays with it; a number that once was given
is never given to other pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.kinds import PaperKind
from services.storage.database import Connection

PageKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SortedPaper:
    """Pages (document, page) in their order, the kind of paper that they are, and its number once it has one."""

    pages: tuple[PageKey, ...]
    kind: PaperKind
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """What the sorting changed: papers to be read anew, those that are gone, how it was before and how it is."""

    anew: tuple[int, ...]
    gone: tuple[int, ...]
    before: tuple[tuple[int, str | None, tuple[PageKey, ...]], ...]
    after: tuple[SortedPaper, ...]


def pages_of(connection: Connection, dossier_id: int) -> set[PageKey]:
    """Every page of the dossier that was read."""
    rows = connection.execute("SELECT document, number FROM page WHERE dossier_id = %s", (dossier_id,)).fetchall()
    return {(int(document), int(number)) for document, number in rows}


def read_sorted(connection: Connection, dossier_id: int) -> tuple[SortedPaper, ...]:
    """The papers as an officer sorted them last; empty where nobody did."""
    row = connection.execute(
        "SELECT data -> 'after' FROM event WHERE dossier_id = %s AND kind = 'papers_sorted' ORDER BY id DESC LIMIT 1",
        (dossier_id,),
    ).fetchone()
    return _told(row[0]) if row and row[0] else ()


def all_sorted(connection: Connection) -> dict[int, tuple[SortedPaper, ...]]:
    """The newest sorting of every dossier that an officer sorted: examples for training, each seen by a person."""
    rows = connection.execute(
        """SELECT DISTINCT ON (dossier_id) dossier_id, data -> 'after' FROM event
           WHERE kind = 'papers_sorted' AND data ? 'after' ORDER BY dossier_id, id DESC"""
    ).fetchall()
    return {int(dossier_id): _told(after) for dossier_id, after in rows}


def _told(after: Sequence[Sequence[Any]]) -> tuple[SortedPaper, ...]:
    return tuple(
        SortedPaper(tuple((int(d), int(p)) for d, p in pages), PaperKind(kind), int(number))
        for number, kind, pages in after
    )


def sort_papers(connection: Connection, dossier_id: int, papers: Sequence[SortedPaper]) -> Sorted:
    """Write the papers as sorted; the caller holds the dossier's row and has seen that every page comes once."""
    before = _papers(connection, dossier_id)
    old = {pages: (number, kind) for number, kind, pages in before}
    kept = {old[paper.pages][0] for paper in papers if paper.pages in old}
    gone = tuple(number for number, _, _ in before if number not in kept)
    connection.execute("DELETE FROM paper WHERE dossier_id = %s AND number = ANY(%s)", (dossier_id, list(gone)))
    number = _highest(connection, dossier_id, before)
    anew, after = [], []
    for paper in papers:
        if paper.pages in old:
            known, kind = old[paper.pages]
            after.append(replace(paper, number=known))
            if kind != paper.kind.value:
                _rename(connection, dossier_id, known, paper.kind)
                anew.append(known)
            continue
        number += 1
        _insert(connection, dossier_id, number, paper)
        anew.append(number)
        after.append(replace(paper, number=number))
    return Sorted(tuple(anew), gone, before, tuple(after))


def _papers(connection: Connection, dossier_id: int) -> tuple[tuple[int, str | None, tuple[PageKey, ...]], ...]:
    rows = connection.execute(
        "SELECT number, kind, pages FROM paper WHERE dossier_id = %s ORDER BY number", (dossier_id,)
    ).fetchall()
    return tuple((int(number), kind, tuple((int(d), int(p)) for d, p in pages)) for number, kind, pages in rows)


def _highest(connection: Connection, dossier_id: int, before: Sequence[tuple[int, object, object]]) -> int:
    """The highest number that a paper of the dossier ever had in papers, confirmations or runs."""
    row = connection.execute(
        """SELECT greatest((SELECT max(paper) FROM confirmation WHERE dossier_id = %(id)s),
                           (SELECT max(paper) FROM stage_run WHERE dossier_id = %(id)s))""",
        {"id": dossier_id},
    ).fetchone()
    return max([int(row[0] or 0) if row else 0, *(number for number, _, _ in before)])


def _rename(connection: Connection, dossier_id: int, number: int, kind: PaperKind) -> None:
    """Another kind for the same pages; fields of the old kind go, those of the new one are read."""
    connection.execute("DELETE FROM field WHERE dossier_id = %s AND paper = %s", (dossier_id, number))
    connection.execute(
        "UPDATE paper SET kind = %s, confidence = 1 WHERE dossier_id = %s AND number = %s", (kind, dossier_id, number)
    )


def _insert(connection: Connection, dossier_id: int, number: int, paper: SortedPaper) -> None:
    connection.execute(
        """INSERT INTO paper (dossier_id, number, kind, confidence, alternatives, title, pages)
           VALUES (%s, %s, %s, 1, '[]', '', %s)""",
        (dossier_id, number, paper.kind, Jsonb([list(page) for page in paper.pages])),
    )
