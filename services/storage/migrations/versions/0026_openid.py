"""Sessions that an identity provider opened, and what is known of their second factor."""

from alembic import op

revision = "0026"
down_revision = "0025"

COLUMNS = """
ALTER TABLE session ADD COLUMN by_provider boolean NOT NULL DEFAULT false,
    ADD COLUMN factor text NOT NULL DEFAULT 'own' CHECK (factor IN ('own', 'provider', 'pending'));
COMMENT ON COLUMN session.factor IS
    'own: as the account has it; provider: it asked for one; pending: the account has one, its code is still to come';
"""


def upgrade() -> None:
    """Add the columns."""
    op.get_bind().exec_driver_sql(COLUMNS)
