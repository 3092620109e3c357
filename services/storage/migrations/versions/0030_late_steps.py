"""Dossiers that lie at a desk beyond the days of their step, found without reading the others."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Create the index behind `GET /v1/dossiers?step_late=true`."""
    op.get_bind().exec_driver_sql(
        "CREATE INDEX dossier_by_step ON dossier (step_due_at) WHERE result_at IS NULL AND step_due_at IS NOT NULL"
    )
