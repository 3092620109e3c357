"""Where those who asked the assistant's officers want to hear the answer."""

from alembic import op

revision = "0021"
down_revision = "0020"

TABLES = """
CREATE TABLE ticket_contact (
    code text PRIMARY KEY REFERENCES assistant_ticket,
    email text NOT NULL,
    at timestamptz NOT NULL
);
REVOKE ALL ON ticket_contact FROM motcua_api;
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
