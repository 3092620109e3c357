"""What officers confirm and correct, beside what the machine read."""

from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = """
CREATE TABLE confirmation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dossier_id bigint NOT NULL REFERENCES dossier,
    paper int NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    was text NOT NULL,
    was_raw text NOT NULL,
    was_confidence real NOT NULL,
    was_source text NOT NULL,
    document int NOT NULL,
    page int NOT NULL,
    box real[],
    by text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX confirmation_of_field ON confirmation (dossier_id, paper, name, id DESC);
CREATE TRIGGER confirmation_kept BEFORE UPDATE OR DELETE ON confirmation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    """Add them."""
    op.execute(TABLES)


def downgrade() -> None:
    """Take them away."""
    op.execute("DROP TABLE confirmation")
