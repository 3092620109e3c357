"""Who practised which task, when, and whether it was done right: what an official can show."""

from alembic import op

revision = "0024"
down_revision = "0023"

TABLES = """
CREATE TABLE practice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    task text NOT NULL,
    passed boolean NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX practice_by_account ON practice (account_id, task);
REVOKE ALL ON practice FROM motcua_api;
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
