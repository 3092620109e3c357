"""Which forms a person signed off."""

from alembic import op

revision = "0012"
down_revision = "0011"

TABLES = """
CREATE TABLE form_signed (
    dossier_id bigint NOT NULL REFERENCES dossier,
    form text NOT NULL,
    event int NOT NULL,
    signed_by text NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (dossier_id, form, event)
);
CREATE TRIGGER form_signed_kept BEFORE UPDATE OR DELETE ON form_signed
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
SELECT raise_wall('form_signed');
"""


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(TABLES)
