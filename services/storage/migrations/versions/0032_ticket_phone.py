"""Those who asked the assistant's officers may leave a telephone number in place of an e-mail address."""

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Add the column."""
    op.get_bind().exec_driver_sql(
        "ALTER TABLE ticket_contact ADD COLUMN phone text NOT NULL DEFAULT '', ALTER COLUMN email SET DEFAULT ''"
    )
