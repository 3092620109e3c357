"""Dossiers whose citizen was asked for papers, by the day until which he may answer."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Create the index that the sweep looks them up with."""
    op.get_bind().exec_driver_sql(
        "CREATE INDEX dossier_by_answer ON dossier (answer_by) WHERE status = 5 AND answer_by IS NOT NULL"
    )
