"""On-time figures that are right at every moment: signed deltas by trigger, merged into two small tables."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = """
-- the moment after which a dossier is late: the end of the due day, or the very moment where the law counts hours
ALTER TABLE dossier ADD COLUMN late_after timestamptz;

CREATE FUNCTION set_late_after() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.late_after := CASE
        WHEN NEW.due_at IS NULL THEN NULL
        WHEN NEW.due ->> 'unit' = 'working_hours' THEN NEW.due_at
        ELSE (date_trunc('day', NEW.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '1 day')
             AT TIME ZONE 'Asia/Ho_Chi_Minh' END;
    RETURN NEW;
END $$;
CREATE TRIGGER dossier_late_after BEFORE INSERT OR UPDATE OF due_at, due ON dossier
    FOR EACH ROW EXECUTE FUNCTION set_late_after();

CREATE FUNCTION on_time_state(d dossier) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN d.received_at IS NULL THEN NULL
        WHEN d.late_after IS NULL THEN 'undated'
        WHEN d.result_at IS NOT NULL AND (d.result_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
             < (d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'early'
        WHEN d.result_at IS NOT NULL AND d.result_at <= d.late_after THEN 'on_time'
        WHEN d.result_at IS NOT NULL THEN 'late'
        WHEN d.paused_at IS NOT NULL THEN 'paused'
        ELSE 'open' END
$$;

CREATE FUNCTION received_day(d dossier) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;

CREATE TABLE on_time_delta (
    day date NOT NULL,
    unit text NOT NULL,
    procedure text NOT NULL,
    field text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL
);

CREATE TABLE on_time_unit (
    day date NOT NULL,
    unit text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (day, unit, state, late_after)
);

CREATE TABLE on_time_procedure (
    day date NOT NULL,
    procedure text NOT NULL,
    field text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (day, procedure, field, state, late_after)
);

CREATE FUNCTION count_on_time(d dossier, sign int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO on_time_delta
    SELECT received_day(d), d.unit, coalesce(d.procedure, ''), coalesce(d.field, ''), on_time_state(d),
           CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END, sign
    WHERE on_time_state(d) IS NOT NULL
$$;

CREATE FUNCTION keep_on_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM count_on_time(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM count_on_time(NEW, 1); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossier_on_time AFTER INSERT OR DELETE
    OR UPDATE OF received_at, due_at, due, result_at, paused_at, unit, procedure, field ON dossier
    FOR EACH ROW EXECUTE FUNCTION keep_on_time();

CREATE INDEX dossier_by_unit_procedure ON dossier (unit, procedure, received_at);
CREATE INDEX dossier_by_procedure ON dossier (procedure, received_at);
CREATE INDEX dossier_open_by_due ON dossier (late_after) WHERE result_at IS NULL AND paused_at IS NULL;
"""


def upgrade() -> None:
    """Create the tables and the triggers that keep them."""
    op.get_bind().exec_driver_sql(TABLES)
