"""When the sweep looks at a dossier again stands beside it; many events are told of in one word."""

from alembic import op

revision = "0033"
down_revision = "0032"

TABLES = """
-- a row of its own: in the dossier's row each look would write every index of the dossier anew.
-- No row: never (ended, paused, undated, or every rung was told)
CREATE TABLE escalation_call (
    dossier_id bigint PRIMARY KEY REFERENCES dossier,
    at timestamptz NOT NULL
);
CREATE INDEX escalation_call_by_time ON escalation_call (at);
INSERT INTO escalation_call SELECT id, call_at FROM dossier WHERE call_at IS NOT NULL;
DROP INDEX dossier_by_call;
ALTER TABLE dossier DROP COLUMN call_at;
SELECT raise_wall('escalation_call');

-- a few events are told one by one, by their dossier; of a morning's thousands all who listen are woken once
DROP TRIGGER event_told ON event;
DROP FUNCTION tell_event();
CREATE FUNCTION tell_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM fresh LIMIT 101) few) > 100 THEN
        PERFORM pg_notify('motcua_event', '');
    ELSE
        PERFORM pg_notify('motcua_event', dossier_id || ' ' || id) FROM fresh;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER event_told AFTER INSERT ON event REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tell_events();
"""


def upgrade() -> None:
    """Create the table, move the column into it."""
    op.get_bind().exec_driver_sql(TABLES)
