"""Whoever asks by his receipt is told the date that was given, not one that is only expected or stands still."""

from alembic import op

revision = "0034"
down_revision = "0033"

CHANGE = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('try_receipt'::regproc), 'd.status, d.due_at INTO',
        'd.status, CASE WHEN d.received_at IS NOT NULL AND d.paused_at IS NULL THEN d.due_at END INTO');
END $$;
"""


def upgrade() -> None:
    """Change what the function tells."""
    op.get_bind().exec_driver_sql(CHANGE)
