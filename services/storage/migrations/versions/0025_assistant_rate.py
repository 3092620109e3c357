"""How many messages an address may still send the assistant: one count for all processes of the API."""

from alembic import op

revision = "0025"
down_revision = "0024"

# unlogged: it is in no backup, and a crash may forget it
TABLE = """
CREATE UNLOGGED TABLE assistant_rate (
    caller text PRIMARY KEY,
    allowance double precision NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON COLUMN assistant_rate.caller IS 'a hash of the address, for a minute';
"""


def upgrade() -> None:
    """Add the table."""
    op.get_bind().exec_driver_sql(TABLE)
