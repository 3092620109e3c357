"""Units that take no more dossiers in, after a merger."""

from alembic import op

revision = "0015"
down_revision = "0014"

COLUMNS = """
ALTER TABLE unit ADD COLUMN closed_on date,
    ADD CONSTRAINT unit_id_written CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$') NOT VALID;
"""


def upgrade() -> None:
    """Add the day."""
    op.get_bind().exec_driver_sql(COLUMNS)
