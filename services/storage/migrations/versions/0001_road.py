"""The road: dossiers, their documents, pages, papers, fields and findings; stage runs; events."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE unit (
    id text PRIMARY KEY,
    name text NOT NULL,
    agency text NOT NULL
);

CREATE TABLE procedure (
    code text NOT NULL,
    version int NOT NULL,
    effective_from date NOT NULL,
    effective_to date,
    field text NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (code, version)
);

CREATE TABLE code_counter (
    agency text NOT NULL,
    day date NOT NULL,
    last int NOT NULL,
    PRIMARY KEY (agency, day)
);

CREATE TABLE dossier (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    unit text NOT NULL,
    channel smallint NOT NULL,
    applicant jsonb NOT NULL DEFAULT '{}',
    words text NOT NULL DEFAULT '',
    declared_procedure text,
    procedure text,
    procedure_version int,
    field text,
    guess jsonb,
    lane text NOT NULL,
    status smallint NOT NULL,
    road text NOT NULL DEFAULT 'moving' CHECK (road IN ('moving', 'finished', 'waits_for_person')),
    submitted_at timestamptz NOT NULL,
    received_at timestamptz,
    due_at timestamptz,
    due jsonb,
    paused_at timestamptz,
    result_at timestamptz,
    receipt_key text NOT NULL
);
CREATE INDEX dossier_by_time ON dossier (submitted_at DESC, id DESC);
CREATE INDEX dossier_by_unit ON dossier (unit, submitted_at DESC, id DESC);
CREATE INDEX dossier_waiting ON dossier (id) WHERE road = 'waits_for_person';

CREATE TABLE suspension (
    dossier_id bigint NOT NULL REFERENCES dossier,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    why text NOT NULL,
    PRIMARY KEY (dossier_id, started_at)
);

CREATE TABLE idempotency (
    key text PRIMARY KEY,
    request_sha256 text NOT NULL,
    dossier_id bigint NOT NULL REFERENCES dossier,
    created_at timestamptz NOT NULL,
    answer jsonb NOT NULL
);

CREATE TABLE document (
    dossier_id bigint NOT NULL REFERENCES dossier,
    number int NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    key text NOT NULL,
    media_type text,
    page_count int,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (dossier_id, number),
    UNIQUE (dossier_id, sha256)
);

CREATE TABLE page (
    dossier_id bigint NOT NULL,
    document int NOT NULL,
    number int NOT NULL,
    width int NOT NULL,
    height int NOT NULL,
    source text NOT NULL,
    engine text NOT NULL,
    preparation text[] NOT NULL,
    confidence real NOT NULL,
    unreadable jsonb,
    lines jsonb NOT NULL,
    PRIMARY KEY (dossier_id, document, number),
    FOREIGN KEY (dossier_id, document) REFERENCES document
);

CREATE TABLE paper (
    dossier_id bigint NOT NULL REFERENCES dossier,
    number int NOT NULL,
    kind text,
    confidence real NOT NULL,
    alternatives jsonb NOT NULL,
    title text NOT NULL,
    pages jsonb NOT NULL,
    PRIMARY KEY (dossier_id, number)
);

CREATE TABLE field (
    dossier_id bigint NOT NULL,
    paper int NOT NULL,
    name text NOT NULL,
    value text NOT NULL,
    raw text NOT NULL,
    confidence real NOT NULL,
    document int NOT NULL,
    page int NOT NULL,
    box real[],
    source text NOT NULL,
    PRIMARY KEY (dossier_id, paper, name),
    FOREIGN KEY (dossier_id, paper) REFERENCES paper ON DELETE CASCADE
);

CREATE TABLE finding (
    dossier_id bigint NOT NULL REFERENCES dossier,
    stage text NOT NULL,
    subject text NOT NULL,
    number int NOT NULL,
    rule text NOT NULL,
    severity text NOT NULL,
    sentence jsonb NOT NULL,
    places jsonb NOT NULL,
    PRIMARY KEY (dossier_id, stage, subject, number)
);

CREATE TABLE stage_run (
    id uuid PRIMARY KEY,
    dossier_id bigint NOT NULL REFERENCES dossier,
    stage text NOT NULL,
    lane text NOT NULL,
    subject text NOT NULL,
    document int,
    first_page int,
    last_page int,
    paper int,
    round int NOT NULL,
    attempt int NOT NULL,
    opened_at timestamptz NOT NULL,
    relay_after timestamptz NOT NULL,
    published_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    worker text,
    outcome text CHECK (outcome IN ('done', 'try_again', 'lost', 'waits_for_person', 'superseded')),
    reason jsonb,
    replayed boolean NOT NULL DEFAULT false,
    CHECK ((finished_at IS NULL) = (outcome IS NULL)),
    UNIQUE (dossier_id, stage, subject, round, attempt)
);
CREATE INDEX stage_run_unpublished ON stage_run (relay_after) WHERE published_at IS NULL AND finished_at IS NULL;
CREATE INDEX stage_run_started ON stage_run (started_at) WHERE started_at IS NOT NULL AND finished_at IS NULL;
CREATE INDEX stage_run_waiting ON stage_run (published_at) WHERE started_at IS NULL AND finished_at IS NULL;
CREATE INDEX stage_run_of_dossier ON stage_run (dossier_id, stage) WHERE finished_at IS NULL;
CREATE INDEX stage_run_dead ON stage_run (finished_at DESC) WHERE outcome = 'waits_for_person' AND NOT replayed;

CREATE TABLE event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dossier_id bigint NOT NULL REFERENCES dossier,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    data jsonb NOT NULL
);
CREATE INDEX event_of_dossier ON event (dossier_id, id);

CREATE FUNCTION tell_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('motcua_event', NEW.dossier_id || ' ' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER event_told AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION tell_event();
"""


def upgrade() -> None:
    """Create every table of the road."""
    op.get_bind().exec_driver_sql(TABLES)
