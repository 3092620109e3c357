"""Units in a tree, the changes of their calendars, and what these changes did to the dates of open dossiers."""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = """
ALTER TABLE unit ALTER COLUMN agency SET DEFAULT '',
    ADD COLUMN parent text REFERENCES unit,
    ADD COLUMN kind text NOT NULL DEFAULT 'commune';

CREATE TABLE calendar_change (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    body jsonb NOT NULL
);
CREATE TRIGGER calendar_change_kept BEFORE UPDATE OR DELETE ON calendar_change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- the last change of its unit's calendar that the due date of a dossier knows
ALTER TABLE dossier ADD COLUMN calendar_version int NOT NULL DEFAULT 0;
CREATE INDEX dossier_open_by_unit ON dossier (unit, calendar_version) WHERE result_at IS NULL AND due_at IS NOT NULL;

CREATE TABLE due_change (
    dossier_id bigint NOT NULL REFERENCES dossier,
    calendar_version int NOT NULL REFERENCES calendar_change,
    at timestamptz NOT NULL,
    old_due_at timestamptz NOT NULL,
    new_due_at timestamptz NOT NULL,
    PRIMARY KEY (dossier_id, calendar_version)
);
"""


def upgrade() -> None:
    """Create the tables."""
    op.get_bind().exec_driver_sql(TABLES)
