"""What citizens say of the service: stars once a dossier has its result, words at any time."""

from alembic import op

revision = "0023"
down_revision = "0022"

TABLES = """
CREATE TABLE feedback (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dossier_id bigint NOT NULL REFERENCES dossier,
    unit text NOT NULL,
    kind text NOT NULL,
    stars smallint CHECK (stars BETWEEN 1 AND 5),
    words text NOT NULL,
    at timestamptz NOT NULL,
    read_at timestamptz,
    read_by text,
    CHECK ((kind = 'rating') = (stars IS NOT NULL))
);
CREATE UNIQUE INDEX feedback_once ON feedback (dossier_id) WHERE stars IS NOT NULL;
CREATE INDEX feedback_by_unit ON feedback (unit, at);
CREATE INDEX feedback_by_time ON feedback (at, id);
SELECT raise_wall('feedback');
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
