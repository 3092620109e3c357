"""The assistant: talks, a log without what identifies a person, tickets, what officers approved, old weeks."""

from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = """
CREATE TABLE assistant_talk (
    key text PRIMARY KEY,
    state jsonb NOT NULL,
    turns int NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX assistant_talk_age ON assistant_talk (updated_at);

CREATE TABLE assistant_turn (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    talk text NOT NULL,
    number int NOT NULL,
    at timestamptz NOT NULL,
    question text NOT NULL,
    behaviour text NOT NULL,
    route text NOT NULL,
    language text NOT NULL,
    codes text[] NOT NULL,
    aspects text[] NOT NULL,
    confidence real NOT NULL,
    seconds real NOT NULL,
    rephrased boolean NOT NULL DEFAULT false,
    helpful boolean,
    judged_right boolean,
    judged_by text
);
CREATE INDEX assistant_turn_at ON assistant_turn (at);
CREATE INDEX assistant_turn_unhelpful ON assistant_turn (id) WHERE helpful = false AND judged_right IS NULL;
COMMENT ON COLUMN assistant_turn.question IS 'masked: no identity numbers, phones, e-mail addresses or names';

CREATE TABLE assistant_ticket (
    code text PRIMARY KEY,
    turn_id bigint NOT NULL,
    kind text NOT NULL,
    question text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    answer text NOT NULL DEFAULT '',
    answered_by text NOT NULL DEFAULT '',
    answered_at timestamptz
);
CREATE INDEX assistant_ticket_open ON assistant_ticket (due_at) WHERE answered_at IS NULL;

CREATE TABLE assistant_knowledge (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question text NOT NULL,
    answer text NOT NULL,
    procedure text NOT NULL,
    ticket text NOT NULL REFERENCES assistant_ticket,
    approved_by text NOT NULL,
    approved_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);

CREATE TABLE assistant_week (
    week date PRIMARY KEY,
    figures jsonb NOT NULL
);
"""


def upgrade() -> None:
    """Add them."""
    op.execute(TABLES)


def downgrade() -> None:
    """Take them away."""
    for table in ("week", "knowledge", "ticket", "turn", "talk"):
        op.execute(f"DROP TABLE assistant_{table}")
