"""Papers that a citizen handed in later stand out until an officer has opened the dossier."""

from alembic import op

revision = "0035"
down_revision = "0034"

TABLES = """
-- a row of its own, as a call of the sweep is: there while papers were not looked at, gone when they were
CREATE TABLE fresh_papers (
    dossier_id bigint PRIMARY KEY REFERENCES dossier,
    at timestamptz NOT NULL
);
SELECT raise_wall('fresh_papers');
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
