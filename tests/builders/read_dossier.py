"""A dossier as the stages leave it, without running them: one page, one paper, three fields, one finding."""

from psycopg.types.json import Jsonb

from services.storage.database import Connection

FIELDS = (
    ("full_name", "Nông Thị Hoa", 0.97), ("date_of_birth", "2026-01-02", 0.71), ("citizen_id", "020326001234", 0.99),
)  # fmt: skip


def leave_read(connection: Connection, code: str) -> int:
    """Put into the dossier what reading it would have found; its id."""
    row = connection.execute("UPDATE dossier SET road = 'finished' WHERE code = %s RETURNING id", (code,)).fetchone()
    assert row is not None
    dossier = int(row[0])
    connection.execute(
        """INSERT INTO page (dossier_id, document, number, width, height, source, engine, preparation, confidence,
                             lines)
           VALUES (%s, 1, 1, 1000, 1400, 'ocr', 'pytesseract', '{}', 0.9, '[]')""",
        (dossier,),
    )
    connection.execute(
        """INSERT INTO paper (dossier_id, number, kind, confidence, alternatives, title, pages)
           VALUES (%s, 1, 'birth_certificate', 0.9, '[]', 'GIẤY KHAI SINH', '[[1, 1]]')""",
        (dossier,),
    )
    for name, value, confidence in FIELDS:
        connection.execute(
            """INSERT INTO field (dossier_id, paper, name, value, raw, confidence, document, page, box, source)
               VALUES (%s, 1, %s, %s, %s, %s, 1, 1, '{0.1,0.1,0.4,0.13}', 'ocr')""",
            (dossier, name, value, value, confidence),
        )
    connection.execute(
        """INSERT INTO finding (dossier_id, stage, subject, number, rule, severity, sentence, places)
           VALUES (%s, 'check', 0, 1, 'missing_paper', 'blocking', %s, '[]')""",
        (dossier, Jsonb({"id": "check.missing_paper", "params": {"name": "Giấy chứng sinh"}})),
    )
    return dossier
