"""The history of a dossier as rows that nobody changes, and beside the dossier what is read from it."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = """
CREATE TABLE history (
    dossier_id bigint NOT NULL REFERENCES dossier,
    number int NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL DEFAULT '',
    body jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (dossier_id, number)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END $$;
CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- read from the history alone; version is the number of its last fact
ALTER TABLE dossier
    ADD COLUMN version int NOT NULL DEFAULT 0,
    ADD COLUMN finance text NOT NULL DEFAULT 'nothing_due',
    ADD COLUMN delivery text NOT NULL DEFAULT 'no_result',
    ADD COLUMN synchronisation text NOT NULL DEFAULT 'pending',
    ADD COLUMN supplements smallint NOT NULL DEFAULT 0,
    ADD COLUMN extended boolean NOT NULL DEFAULT false,
    ADD COLUMN negative boolean NOT NULL DEFAULT false,
    ADD COLUMN answer_by timestamptz,
    ADD COLUMN original_due_at timestamptz,
    ADD COLUMN near_from timestamptz,
    ADD COLUMN step text NOT NULL DEFAULT '',
    ADD COLUMN step_due_at timestamptz,
    ADD COLUMN result_code text NOT NULL DEFAULT '';

ALTER TABLE suspension RENAME COLUMN why TO cause;
ALTER TABLE suspension ADD COLUMN restarts boolean NOT NULL DEFAULT false, ADD COLUMN why text NOT NULL DEFAULT '';

-- done at the very midnight that ends the due day is late, as the verdicts of services/deadline say
CREATE OR REPLACE FUNCTION set_late_after() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.late_after := CASE
        WHEN NEW.due_at IS NULL THEN NULL
        WHEN NEW.due ->> 'unit' = 'working_hours' THEN NEW.due_at
        ELSE (date_trunc('day', NEW.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '1 day')
             AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '1 microsecond' END;
    RETURN NEW;
END $$;
UPDATE dossier SET due_at = due_at WHERE due_at IS NOT NULL;

-- what was known of dossiers before there was a history
INSERT INTO history (dossier_id, number, kind, at, body)
SELECT dossier_id, row_number() OVER (PARTITION BY dossier_id ORDER BY at, rank), kind, at, '{}' FROM (
    SELECT id AS dossier_id, submitted_at AS at, 1 AS rank, 'submitted' AS kind FROM dossier
    UNION ALL SELECT id, received_at, 2, 'received' FROM dossier WHERE received_at IS NOT NULL
    UNION ALL SELECT dossier_id, started_at, 3, 'clock_paused' FROM suspension
    UNION ALL SELECT dossier_id, ended_at, 4, 'clock_resumed' FROM suspension WHERE ended_at IS NOT NULL
    UNION ALL SELECT id, result_at, 5, 'result_signed' FROM dossier WHERE result_at IS NOT NULL) facts;
UPDATE suspension SET cause = 'other';
UPDATE dossier SET version = (SELECT count(*) FROM history WHERE dossier_id = dossier.id),
    delivery = CASE WHEN result_at IS NULL THEN 'no_result' ELSE 'ready' END,
    original_due_at = due_at,
    status = CASE WHEN result_at IS NOT NULL THEN 9 WHEN received_at IS NOT NULL THEN 2 ELSE 1 END;
"""


def upgrade() -> None:
    """Create the history and fill it with what the rows of dossiers say."""
    op.get_bind().exec_driver_sql(TABLES)
