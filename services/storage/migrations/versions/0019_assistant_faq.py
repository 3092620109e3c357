"""Answers that officials write without a ticket, draft before they stand, and where a judgement came from."""

from alembic import op

revision = "0019"
down_revision = "0018"

COLUMNS = """
ALTER TABLE assistant_knowledge
    ALTER ticket DROP NOT NULL, ALTER approved_by DROP NOT NULL, ALTER approved_at DROP NOT NULL,
    ADD COLUMN source text NOT NULL DEFAULT '',
    ADD COLUMN drafted_by text NOT NULL DEFAULT '', ADD COLUMN drafted_at timestamptz,
    ADD COLUMN approver text NOT NULL DEFAULT '', ADD COLUMN withdrawn_by text NOT NULL DEFAULT '';
COMMENT ON COLUMN assistant_knowledge.approved_by IS 'the office that stands behind it, as citizens read it';
COMMENT ON COLUMN assistant_knowledge.approver IS 'the account that approved it';
ALTER TABLE assistant_turn ADD COLUMN judged_from text CHECK (judged_from IN ('sample', 'report'));
"""


def upgrade() -> None:
    """Add the columns."""
    op.get_bind().exec_driver_sql(COLUMNS)
