"""Files on their way: how much of each has arrived, in which pieces, until when they are waited for."""

from alembic import op

revision = "0020"
down_revision = "0019"

TABLES = """
CREATE TABLE upload (
    id text PRIMARY KEY,
    name text NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    address text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX upload_by_end ON upload (expires_at);
CREATE INDEX upload_by_address ON upload (address);

-- size is NULL until the piece rests in the store and counts; what never counted is cleaned away with the rest
CREATE TABLE upload_piece (
    key text PRIMARY KEY,
    upload_id text NOT NULL REFERENCES upload ON DELETE CASCADE,
    begins bigint NOT NULL,
    size bigint
);
CREATE INDEX upload_piece_by_upload ON upload_piece (upload_id, begins);

-- whoever knows an id may send and hand in that file: no list of them is to be had
REVOKE ALL ON upload, upload_piece FROM motcua_api;
"""


def upgrade() -> None:
    """Create the tables."""
    op.get_bind().exec_driver_sql(TABLES)
