"""Indexes for what is read often: runs by the time they ended or opened, dossiers by the time of reception."""

from alembic import op

revision = "0003"
down_revision = "0002"

INDEXES = """
CREATE INDEX stage_run_finished ON stage_run (finished_at);
CREATE INDEX stage_run_open ON stage_run (opened_at) WHERE finished_at IS NULL;
CREATE INDEX dossier_by_received ON dossier (received_at);
"""


def upgrade() -> None:
    """Create the indexes; writers wait while they are built."""
    op.get_bind().exec_driver_sql(INDEXES)
