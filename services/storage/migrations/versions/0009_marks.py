"""Stamps and writing in coloured ink, kept with the page they were seen on."""

from alembic import op

revision = "0009"
down_revision = "0008"

COLUMN = "ALTER TABLE page ADD COLUMN marks jsonb NOT NULL DEFAULT '[]'"


def upgrade() -> None:
    """Add the column."""
    op.get_bind().exec_driver_sql(COLUMN)
