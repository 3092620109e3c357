"""Whom a late dossier was brought before, each rung once; when to look at it again."""

from alembic import op

revision = "0014"
down_revision = "0013"

TABLES = """
-- when the sweep looks at a dossier again; NULL: never (ended, paused, undated, or every rung was told)
ALTER TABLE dossier ADD COLUMN call_at timestamptz;
CREATE INDEX dossier_by_call ON dossier (call_at, unit) WHERE call_at IS NOT NULL;
UPDATE dossier SET call_at = coalesce(near_from, due_at)
WHERE received_at IS NOT NULL AND result_at IS NULL AND paused_at IS NULL AND due_at IS NOT NULL;

CREATE TABLE escalation (
    dossier_id bigint NOT NULL REFERENCES dossier,
    due_at timestamptz NOT NULL,
    rung text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (dossier_id, due_at, rung)
);
CREATE INDEX escalation_by_time ON escalation (at);
CREATE TRIGGER escalation_kept BEFORE UPDATE OR DELETE ON escalation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
SELECT raise_wall('escalation');
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
