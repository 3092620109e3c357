"""Running totals of stage runs; on-time figures by unit and procedure together; what ended says when."""

from alembic import op

revision = "0007"
down_revision = "0006"

RUNS = """
-- every run that ended, until `compact` adds it to the totals; NULL seconds: it never started
CREATE TABLE run_delta (
    stage text NOT NULL,
    outcome text NOT NULL,
    waiting_s double precision,
    working_s double precision
);

CREATE TABLE run_total (
    stage text NOT NULL,
    outcome text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (stage, outcome)
);

-- runs by the upper bound of their seconds, each counted once, and the sum of their seconds
CREATE TABLE run_time (
    stage text NOT NULL,
    part text NOT NULL,
    le double precision NOT NULL,
    n bigint NOT NULL,
    seconds double precision NOT NULL,
    PRIMARY KEY (stage, part, le)
);

CREATE FUNCTION count_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO run_delta VALUES (NEW.stage, NEW.outcome, extract(epoch FROM NEW.started_at - NEW.opened_at),
                                  extract(epoch FROM NEW.finished_at - NEW.started_at));
    RETURN NULL;
END $$;
CREATE TRIGGER run_counted AFTER UPDATE OF finished_at ON stage_run
    FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION count_run();
CREATE TRIGGER run_counted_at_once AFTER INSERT ON stage_run
    FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL) EXECUTE FUNCTION count_run();

INSERT INTO run_delta SELECT stage, outcome, extract(epoch FROM started_at - opened_at),
                             extract(epoch FROM finished_at - started_at)
FROM stage_run WHERE finished_at IS NOT NULL;
"""

FIGURES = """
LOCK TABLE dossier, on_time_delta IN SHARE MODE;

UPDATE dossier SET result_at = coalesce((SELECT max(at) FROM history h WHERE h.dossier_id = dossier.id), submitted_at)
WHERE status IN (3, 7, 8) AND received_at IS NOT NULL AND result_at IS NULL;
-- not received, withdrawn, stopped: a dossier that ended would otherwise count as in progress for ever
ALTER TABLE dossier ADD CONSTRAINT dossier_ended_says_when
    CHECK (status NOT IN (3, 7, 8) OR received_at IS NULL OR result_at IS NOT NULL);

CREATE TABLE on_time_cell (
    day date NOT NULL,
    unit text NOT NULL,
    procedure text NOT NULL,
    field text NOT NULL,
    state text NOT NULL,
    late_after timestamptz NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (unit, procedure, field, day, state, late_after)
);
CREATE INDEX on_time_cell_by_procedure ON on_time_cell (procedure, day);
CREATE INDEX on_time_cell_by_field ON on_time_cell (field, day);
CREATE INDEX on_time_cell_empty ON on_time_cell (day) WHERE n = 0;
CREATE INDEX on_time_unit_empty ON on_time_unit (day) WHERE n = 0;
CREATE INDEX on_time_procedure_empty ON on_time_procedure (day) WHERE n = 0;

-- what is not merged yet comes with the next merge
INSERT INTO on_time_cell (day, unit, procedure, field, state, late_after, n)
SELECT day, unit, procedure, field, state, late_after, sum(n) FROM (
    SELECT received_day(d) AS day, unit, coalesce(procedure, '') AS procedure, coalesce(field, '') AS field,
           on_time_state(d) AS state,
           CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END AS late_after, 1 AS n
    FROM dossier d WHERE on_time_state(d) IS NOT NULL
    UNION ALL SELECT day, unit, procedure, field, state, late_after, -n FROM on_time_delta) known
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0;
"""


def upgrade() -> None:
    """Create the tables and fill them with what is known."""
    op.get_bind().exec_driver_sql(RUNS)
    op.get_bind().exec_driver_sql(FIGURES)
