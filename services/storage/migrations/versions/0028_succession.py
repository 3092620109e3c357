"""Dossiers that move to the successor of a closed unit: by whose calendar they were judged, and why dates moved."""

from alembic import op

revision = "0028"
down_revision = "0027"

COLUMNS = """
-- the unit whose calendar counted when it was finished; NULL: its own
ALTER TABLE dossier ADD COLUMN judged_by text;

-- a date moves by a calendar's change, which has its reason, or with the dossier, for a reason of its own
ALTER TABLE due_change DROP CONSTRAINT due_change_pkey,
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ADD COLUMN reason text,
    ADD COLUMN actor text,
    ALTER COLUMN calendar_version DROP NOT NULL,
    ADD UNIQUE (dossier_id, calendar_version),
    ADD CHECK (calendar_version IS NOT NULL OR reason <> '');
"""


def upgrade() -> None:
    """Add the columns."""
    op.get_bind().exec_driver_sql(COLUMNS)
