"""Accounts, sessions and tokens; and row-level security as the second wall behind the policies of the API.

The API works as the role `motcua_api`, which sees a row only when the connection says for whom it asks: `motcua.scope`
is `*` or the units, `motcua.code` the one dossier whose receipt was shown. Said nothing, it sees nothing. Workers and
migrations own the tables and are not held by it. Accounts, sessions and tokens are not for that role at all.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = """
CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    display text NOT NULL DEFAULT '',
    roles text[] NOT NULL,
    units text[] NOT NULL,
    password_hash text NOT NULL,
    password_at timestamptz NOT NULL,
    must_change boolean NOT NULL DEFAULT true,
    totp_secret text,
    totp_confirmed boolean NOT NULL DEFAULT false,
    totp_step bigint NOT NULL DEFAULT 0,
    failures int NOT NULL DEFAULT 0,
    locked_until timestamptz,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    seen_at timestamptz
);

CREATE TABLE session (
    key_sha256 bytea PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account,
    csrf text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX session_of_account ON session (account_id);

CREATE TABLE api_token (
    id text PRIMARY KEY,
    secret_sha256 bytea NOT NULL,
    name text NOT NULL,
    permits text[] NOT NULL,
    units text[] NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    used_at timestamptz
);
"""

WALL = """
DO $$ BEGIN
    CREATE ROLE motcua_api NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT motcua_api TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO motcua_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO motcua_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO motcua_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO motcua_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO motcua_api;
REVOKE ALL ON account, session, api_token FROM motcua_api;

CREATE FUNCTION sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('motcua.scope', true), '') = '*'
$$;
CREATE FUNCTION seen_units() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT string_to_array(nullif(current_setting('motcua.scope', true), ''), chr(31))
$$;
CREATE FUNCTION seen_dossier() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('motcua.code', true), '')
$$;

ALTER TABLE dossier ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON dossier TO motcua_api
    USING ((SELECT sees_all()) OR unit = ANY ((SELECT seen_units())::text[]) OR code = (SELECT seen_dossier()));

-- for every later table that belongs to dossiers: SELECT raise_wall('name')
CREATE FUNCTION raise_wall(name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY seen ON %%I TO motcua_api USING ((SELECT sees_all())
        OR EXISTS (SELECT 1 FROM dossier d WHERE d.id = dossier_id))', name);
END $$;

DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT table_name FROM information_schema.columns
                WHERE table_schema = 'public' AND column_name = 'dossier_id' LOOP
        PERFORM raise_wall(name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['on_time_unit', 'on_time_cell', 'on_time_delta'] LOOP
        EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY seen ON %%I TO motcua_api USING ((SELECT sees_all())
            OR unit = ANY ((SELECT seen_units())::text[]))', name);
    END LOOP;
END $$;
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['on_time_procedure', 'run_delta', 'run_total', 'run_time'] LOOP
        EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY seen ON %%I TO motcua_api USING ((SELECT sees_all()))', name);
    END LOOP;
END $$;

-- the rollups are kept whoever acts
ALTER FUNCTION count_run() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION count_on_time(dossier, int) SECURITY DEFINER SET search_path = public, pg_temp;
"""


def upgrade() -> None:
    """Create the tables and the wall."""
    op.get_bind().exec_driver_sql(TABLES)
    op.get_bind().exec_driver_sql(WALL)
