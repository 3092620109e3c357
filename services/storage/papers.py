"""What the machine read: pages, papers, fields, findings; every write replaces what an earlier run left."""

from collections.abc import Sequence
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.document import Document
from services.dossier.field import Field
from services.dossier.finding import Finding
from services.dossier.kinds import PaperKind
from services.dossier.page import Box, Line, Mark, MarkKind, Page, TextSource, Word
from services.dossier.paper import PageRef, Paper, ReadPaper
from services.storage.database import Connection
from services.storage.runs import sentence_json
from services.wording import Sentence

PLACES = 4


def box_list(box: Box | None) -> list[float] | None:
    """A box as it rests in a row: left, top, right, bottom."""
    return None if box is None else [round(side, PLACES) for side in (box.left, box.top, box.right, box.bottom)]


def store_pages(connection: Connection, dossier_id: int, document: int, pages: Sequence[Page]) -> None:
    """Write the pages of one document as read, over what an earlier run read."""
    for page in pages:
        connection.execute(
            """INSERT INTO page (dossier_id, document, number, width, height, source, engine, preparation, confidence,
                                 unreadable, lines, marks)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (dossier_id, document, number) DO UPDATE SET (width, height, source, engine, preparation,
                   confidence, unreadable, lines, marks) = ROW (excluded.width, excluded.height, excluded.source,
                   excluded.engine, excluded.preparation, excluded.confidence, excluded.unreadable, excluded.lines,
                   excluded.marks)""",
            (dossier_id, document, page.number, page.width, page.height, page.source, page.engine,
             list(page.preparation), page.confidence, sentence_json(page.unreadable), Jsonb(_lines_json(page)),
             Jsonb([[mark.kind.value, *(box_list(mark.box) or ())] for mark in page.marks])),
        )  # fmt: skip


def _lines_json(page: Page) -> list[Any]:
    """A line a list: its block, its words, and row and column where it stands in a table's cell."""
    return [
        [
            line.block,
            [[word.text, *(box_list(word.box) or ()), round(word.confidence, 3)] for word in line.words],
            *((line.cell,) if line.cell else ()),
        ]
        for line in page.lines
    ]


def _line(block: int, words: Sequence[Any], cell: Sequence[int] | None = None) -> Line:
    placed = tuple(Word(word[0], Box(*word[1:5]), word[5]) for word in words)
    return Line(placed, block, (cell[0], cell[1]) if cell else None)


def _page(row: Sequence[Any]) -> Page:
    lines = tuple(_line(*line) for line in row[7])
    unreadable = None if row[6] is None else Sentence(row[6]["id"], row[6]["params"])
    marks = tuple(Mark(MarkKind(kind), Box(*sides)) for kind, *sides in row[9])
    return Page(row[0], row[1], row[2], lines, TextSource(row[3]), row[4], tuple(row[5]), unreadable, row[8], marks)


def read_documents(connection: Connection, dossier_id: int) -> list[Document]:
    """All documents of a dossier with the pages read so far, in order."""
    names = connection.execute(
        "SELECT number, name FROM document WHERE dossier_id = %s ORDER BY number", (dossier_id,)
    ).fetchall()
    rows = connection.execute(
        """SELECT number, width, height, source, engine, preparation, unreadable, lines, document, marks
           FROM page
           WHERE dossier_id = %s ORDER BY document, number""",
        (dossier_id,),
    ).fetchall()
    pages = [_page(row) for row in rows]
    return [Document(number, name, tuple(p for p in pages if p.document == number)) for number, name in names]


def page_sizes(connection: Connection, dossier_id: int) -> list[tuple[int, int, str, int, int]]:
    """Document, page, file name, width and height of every page that was read, in order."""
    rows = connection.execute(
        """SELECT p.document, p.number, d.name, p.width, p.height FROM page p
           JOIN document d ON d.dossier_id = p.dossier_id AND d.number = p.document
           WHERE p.dossier_id = %s ORDER BY p.document, p.number""",
        (dossier_id,),
    ).fetchall()
    return [(int(document), int(page), str(name), int(wide), int(high)) for document, page, name, wide, high in rows]


def store_papers(connection: Connection, dossier_id: int, papers: Sequence[Paper]) -> None:
    """Write the papers found, over those of an earlier run and their fields."""
    connection.execute("DELETE FROM paper WHERE dossier_id = %s", (dossier_id,))
    for paper in papers:
        connection.execute(
            """INSERT INTO paper (dossier_id, number, kind, confidence, alternatives, title, pages)
               VALUES (%s, %s, %s, %s, %s, %s, %s)""",
            (dossier_id, paper.number, paper.kind, paper.confidence,
             Jsonb([[kind, round(p, PLACES)] for kind, p in paper.alternatives]), paper.title,
             Jsonb([[ref.document, ref.page] for ref in paper.pages])),
        )  # fmt: skip


def read_papers(connection: Connection, dossier_id: int) -> list[ReadPaper]:
    """The papers of a dossier with their fields, in order; an officer's word holds before what was read."""
    rows = connection.execute(
        """SELECT number, pages, kind, confidence, alternatives, title FROM paper WHERE dossier_id = %s
           ORDER BY number""",
        (dossier_id,),
    ).fetchall()
    fields = connection.execute(
        """SELECT f.paper, f.name, coalesce(c.value, f.value), f.raw,
                  CASE WHEN c.id IS NULL THEN f.confidence ELSE 1 END, f.page, f.box,
                  CASE WHEN c.id IS NULL THEN f.source ELSE 'officer' END, f.document
           FROM field f LEFT JOIN LATERAL (SELECT id, value FROM confirmation y WHERE y.dossier_id = f.dossier_id
                AND y.paper = f.paper AND y.name = f.name ORDER BY id DESC LIMIT 1) c ON true
           WHERE f.dossier_id = %s ORDER BY f.paper, f.name""",
        (dossier_id,),
    ).fetchall()
    return [ReadPaper(_paper(row), tuple(_field(f[1:]) for f in fields if f[0] == row[0])) for row in rows]


def _paper(row: Sequence[Any]) -> Paper:
    refs = tuple(PageRef(document, page) for document, page in row[1])
    kind = None if row[2] is None else PaperKind(row[2])
    return Paper(row[0], refs, kind, row[3], tuple((PaperKind(k), p) for k, p in row[4]), row[5])


def _field(row: Sequence[Any]) -> Field:
    box = None if row[5] is None else Box(*row[5])
    return Field(row[0], row[1], row[2], row[3], row[4], box, TextSource(row[6]), row[7])


def store_fields(connection: Connection, dossier_id: int, paper: int, fields: Sequence[Field]) -> None:
    """Write the fields of one paper, over those of an earlier run; the surest value of a name stays."""
    connection.execute("DELETE FROM field WHERE dossier_id = %s AND paper = %s", (dossier_id, paper))
    for field in sorted(fields, key=lambda found: -found.confidence):
        connection.execute(
            """INSERT INTO field (dossier_id, paper, name, value, raw, confidence, document, page, box, source)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
            (dossier_id, paper, field.name, field.value, field.raw, field.confidence, field.document, field.page,
             box_list(field.box), field.source),
        )  # fmt: skip


def store_findings(
    connection: Connection, dossier_id: int, stage: str, subject: str, findings: Sequence[Finding]
) -> None:
    """Write what a stage noticed about a subject, over what an earlier run of it noticed."""
    connection.execute(
        "DELETE FROM finding WHERE dossier_id = %s AND stage = %s AND subject = %s", (dossier_id, stage, subject)
    )
    for number, found in enumerate(findings, start=1):
        places = [[place.document, place.page, box_list(place.box)] for place in found.places]
        connection.execute(
            """INSERT INTO finding (dossier_id, stage, subject, number, rule, severity, sentence, places)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
            (dossier_id, stage, subject, number, found.rule, found.severity, sentence_json(found.sentence),
             Jsonb(places)),
        )  # fmt: skip


def missing_names(connection: Connection, dossier_id: int) -> tuple[str, ...]:
    """The required papers that the check has not found, as the procedure calls them."""
    rows = connection.execute(
        """SELECT sentence->'params'->>'name' FROM finding
           WHERE dossier_id = %s AND rule = 'missing_paper' ORDER BY stage, subject, number""",
        (dossier_id,),
    ).fetchall()
    return tuple(name for (name,) in rows)
