"""Who did and saw what: rows that hang together by their hashes and that nobody changes."""

from alembic import op

revision = "0011"
down_revision = "0010"

TABLES = """
CREATE TABLE audit (
    id bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    way text NOT NULL,
    address text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    data jsonb NOT NULL,
    sha256 bytea NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON audit FROM motcua_api;
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
