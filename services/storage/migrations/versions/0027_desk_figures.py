"""On-time figures by officer, by channel and by whole month, kept as the others are: deltas, then tables."""

from alembic import op

revision = "0027"
down_revision = "0026"

# deltas of their own: a relay of the version before merges and empties `on_time_delta` without knowing of these
TABLES = """
LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE on_time_desk_delta (
    day date NOT NULL,
    unit text NOT NULL,
    officer text NOT NULL,
    channel smallint NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL
);

CREATE TABLE on_time_officer (
    day date NOT NULL,
    unit text NOT NULL,
    officer text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (unit, officer, day, state, late_after) INCLUDE (n)
);
CREATE INDEX on_time_officer_by_officer ON on_time_officer (officer, day) INCLUDE (unit, state, late_after, n);
CREATE INDEX on_time_officer_empty ON on_time_officer (day) WHERE n = 0;

CREATE TABLE on_time_channel (
    day date NOT NULL,
    unit text NOT NULL,
    channel smallint NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (unit, channel, day, state, late_after) INCLUDE (n)
);
CREATE INDEX on_time_channel_empty ON on_time_channel (day) WHERE n = 0;

-- `day` is the first of the month: all years of a unit are a few hundred rows
CREATE TABLE on_time_channel_month (
    day date NOT NULL,
    unit text NOT NULL,
    channel smallint NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (unit, channel, day, state, late_after) INCLUDE (n)
);
CREATE INDEX on_time_channel_month_empty ON on_time_channel_month (day) WHERE n = 0;

CREATE TABLE on_time_officer_month (
    day date NOT NULL,
    unit text NOT NULL,
    officer text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (unit, officer, day, state, late_after) INCLUDE (n)
);
CREATE INDEX on_time_officer_month_empty ON on_time_officer_month (day) WHERE n = 0;

CREATE FUNCTION count_desk(d dossier, sign int) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO on_time_desk_delta
    SELECT received_day(d), d.unit, d.officer, d.channel, on_time_state(d),
           CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END, sign
    WHERE on_time_state(d) IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION keep_on_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM count_on_time(OLD, -1), count_desk(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM count_on_time(NEW, 1), count_desk(NEW, 1); END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER dossier_on_time AFTER INSERT OR DELETE
    OR UPDATE OF received_at, due_at, due, result_at, paused_at, unit, procedure, field, officer, channel ON dossier
    FOR EACH ROW EXECUTE FUNCTION keep_on_time();

INSERT INTO on_time_officer (day, unit, officer, state, late_after, n)
SELECT received_day(d), unit, officer, on_time_state(d),
       CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END, count(*)
FROM dossier d WHERE on_time_state(d) IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
INSERT INTO on_time_channel (day, unit, channel, state, late_after, n)
SELECT received_day(d), unit, channel, on_time_state(d),
       CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END, count(*)
FROM dossier d WHERE on_time_state(d) IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
INSERT INTO on_time_channel_month (day, unit, channel, state, late_after, n)
SELECT date_trunc('month', day)::date, unit, channel, state, late_after, sum(n) FROM on_time_channel
GROUP BY 1, 2, 3, 4, 5;
INSERT INTO on_time_officer_month (day, unit, officer, state, late_after, n)
SELECT date_trunc('month', day)::date, unit, officer, state, late_after, sum(n) FROM on_time_officer
GROUP BY 1, 2, 3, 4, 5;

-- the lists behind the figures
CREATE INDEX dossier_by_officer ON dossier (officer, received_at);

DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['on_time_desk_delta', 'on_time_officer', 'on_time_channel',
                                 'on_time_channel_month', 'on_time_officer_month'] LOOP
        EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY seen ON %%I TO motcua_api USING ((SELECT sees_all())
            OR unit = ANY ((SELECT seen_units())::text[]))', name);
    END LOOP;
END $$;
"""


def upgrade() -> None:
    """Create the tables and fill them with what is known."""
    op.get_bind().exec_driver_sql(TABLES)
