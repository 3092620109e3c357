"""What procedures are found by: folded words for full-text search, the embedding of the name for pgvector."""

from alembic import op

revision = "0022"
down_revision = "0021"

TABLE = """
CREATE TABLE procedure_text (
    code text PRIMARY KEY,
    text text NOT NULL,
    folded text NOT NULL,
    words tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED,
    embedding real[] NOT NULL CHECK (cardinality(embedding) = 384)
);
CREATE INDEX procedure_text_words ON procedure_text USING gin (words);
COMMENT ON COLUMN procedure_text.embedding IS 'multilingual-e5-small, of length one';
"""

# where the server has no pgvector the embeddings are kept all the same, and compared in process
NEAR = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN
        CREATE EXTENSION IF NOT EXISTS vector;
        ALTER TABLE procedure_text ADD COLUMN near vector(384)
            GENERATED ALWAYS AS (embedding::vector(384)) STORED;
    END IF;
END $$;
"""


def upgrade() -> None:
    """Add the table."""
    connection = op.get_bind()
    connection.exec_driver_sql(TABLE)
    connection.exec_driver_sql(NEAR)
