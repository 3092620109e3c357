"""What is to be told (an outbox), each message with where it stands, webhooks, and the officers' e-mail addresses."""

from alembic import op

revision = "0018"
down_revision = "0017"

TABLES = """
ALTER TABLE account ADD COLUMN email text NOT NULL DEFAULT '';

-- written with the event that causes it; whom it goes to is found by the notifier
CREATE TABLE notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dossier_id bigint REFERENCES dossier,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    facts jsonb NOT NULL DEFAULT '{}',
    spread_at timestamptz
);
CREATE INDEX notice_open ON notice (id) WHERE spread_at IS NULL;
CREATE INDEX notice_by_time ON notice (at);
SELECT raise_wall('notice');
CREATE POLICY told ON notice FOR INSERT TO motcua_api WITH CHECK (dossier_id IS NULL);

CREATE TABLE webhook (
    id text PRIMARY KEY,
    name text NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    old_secret text,
    old_secret_until timestamptz,
    kinds text[] NOT NULL,
    units text[] NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    failures int NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    shut_at timestamptz,
    shut_why text NOT NULL DEFAULT ''
);
REVOKE ALL ON webhook FROM motcua_api;

-- no address of a person stands here: it is looked up when the message goes out
CREATE TABLE message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key uuid NOT NULL DEFAULT gen_random_uuid(),
    notice_id bigint,
    dossier_id bigint REFERENCES dossier,
    unit text NOT NULL DEFAULT '',
    kind text NOT NULL,
    way text NOT NULL CHECK (way IN ('email', 'sms', 'webhook')),
    reader text NOT NULL,
    facts jsonb NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'dropped')),
    attempts int NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    problem jsonb
);
CREATE INDEX message_due ON message (next_at) WHERE state = 'waiting';
CREATE INDEX message_of_dossier ON message (dossier_id, id) WHERE dossier_id IS NOT NULL;
CREATE INDEX message_of_reader ON message (reader, id);
CREATE INDEX message_by_state ON message (state, id);
CREATE INDEX message_ended ON message (ended_at) WHERE ended_at IS NOT NULL;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON message TO motcua_api USING ((SELECT sees_all())
    OR unit = ANY ((SELECT seen_units())::text[])
    OR EXISTS (SELECT 1 FROM dossier d WHERE d.id = dossier_id));
"""


def upgrade() -> None:
    """Create the tables."""
    op.get_bind().exec_driver_sql(TABLES)
