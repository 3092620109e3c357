"""Who works on a dossier, for figures by officer; and what ended when, for the dossiers of a period."""

from alembic import op

revision = "0016"
down_revision = "0015"

COLUMNS = """
ALTER TABLE dossier ADD COLUMN officer text NOT NULL DEFAULT '';
UPDATE dossier d SET officer = found.actor FROM (
    SELECT DISTINCT ON (dossier_id) dossier_id, actor FROM history
    WHERE actor <> '' AND kind IN ('received', 'handed_over', 'supplement_requested', 'supplement_completed',
        'payment_requested', 'clock_paused', 'clock_resumed')
    ORDER BY dossier_id, number DESC) found
WHERE found.dossier_id = d.id;
CREATE INDEX dossier_by_end ON dossier (result_at);
"""


def upgrade() -> None:
    """Add the column and fill it from the history."""
    op.get_bind().exec_driver_sql(COLUMNS)
