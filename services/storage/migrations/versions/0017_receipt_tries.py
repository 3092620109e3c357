"""Wrong tries at a receipt's key: counted by dossier and by address, and shut for a while when there are too many."""

from alembic import op

revision = "0017"
down_revision = "0016"

# a function of the owner: whoever asks needs to see neither the dossier nor the tries
TABLES = """
CREATE TABLE receipt_try (
    subject text PRIMARY KEY,
    failures int NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX receipt_try_by_time ON receipt_try (last_at);
REVOKE ALL ON receipt_try FROM motcua_api;

CREATE FUNCTION try_receipt(asked_code text, asked_key text, asked_from text, at timestamptz, span interval,
                            most_by_code int, most_by_address int,
                            OUT opens boolean, OUT shut_until timestamptz, OUT found_status smallint,
                            OUT found_due_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    subjects text[] := array_remove(ARRAY['code:' || left(asked_code, 64), 'from:' || nullif(asked_from, '')], NULL);
BEGIN
    opens := false;
    SELECT max(locked_until) INTO shut_until FROM receipt_try WHERE subject = ANY(subjects) AND locked_until > at;
    IF shut_until IS NOT NULL THEN RETURN; END IF;
    -- hashes are compared, so that the time taken says nothing of the key
    SELECT true, d.status, d.due_at INTO opens, found_status, found_due_at FROM dossier d
    WHERE d.code = asked_code AND d.receipt_key <> ''
      AND sha256(convert_to(d.receipt_key, 'UTF8')) = sha256(convert_to(asked_key, 'UTF8'));
    opens := coalesce(opens, false);
    IF opens THEN RETURN; END IF;
    INSERT INTO receipt_try AS t (subject, failures, last_at) SELECT s, 1, at FROM unnest(subjects) s ORDER BY s
    ON CONFLICT (subject) DO UPDATE SET last_at = at, locked_until = NULL,
        failures = CASE WHEN t.last_at < at - span THEN 1 ELSE t.failures + 1 END;
    UPDATE receipt_try SET locked_until = at + span, failures = 0 WHERE subject = ANY(subjects)
        AND failures >= CASE WHEN subject LIKE 'code:%%' THEN most_by_code ELSE most_by_address END;
    DELETE FROM receipt_try WHERE last_at < at - interval '1 day';
END $$;
"""


def upgrade() -> None:
    """Create the table and the function."""
    op.get_bind().exec_driver_sql(TABLES)
