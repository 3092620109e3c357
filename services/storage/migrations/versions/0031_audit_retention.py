"""Where the audit log begins once old rows were taken into a file: the last of them, by which the chain goes on."""

from alembic import op

revision = "0031"
down_revision = "0030"

TABLES = """
CREATE TABLE audit_anchor (
    id bigint PRIMARY KEY,
    sha256 bytea NOT NULL,
    at timestamptz NOT NULL,
    file text NOT NULL
);
CREATE TRIGGER audit_anchor_kept BEFORE UPDATE OR DELETE ON audit_anchor
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_anchor_whole BEFORE TRUNCATE ON audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON audit_anchor FROM motcua_api;
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
