-- Why: who may do what, and what this server offers; every later migration builds on both.
-- Locks: nothing that holds data.

-- Rights on the security_barrier views of schema "scoped" only: one tenant at a time.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vedette_request') THEN
        CREATE ROLE vedette_request NOLOGIN;
    END IF;
EXCEPTION
    -- Another database of the same server is being migrated at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'this login may not create the role vedette_request'
            USING HINT = 'Give it CREATEROLE, or let an administrator run: '
                'CREATE ROLE vedette_request NOLOGIN; CREATE ROLE vedette_worker NOLOGIN;';
END
$$;

-- Rights on the tables: the worker path, which serves all tenants.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vedette_worker') THEN
        CREATE ROLE vedette_worker NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

CREATE SCHEMA scoped;
COMMENT ON SCHEMA scoped IS 'Views of one tenant''s data, for the role vedette_request';
GRANT USAGE ON SCHEMA scoped TO vedette_request, vedette_worker;

-- The tenant of the running transaction. Fails when none was ever set in the session; is null, which
-- equals no tenant, after a transaction that had set it.
CREATE FUNCTION scoped.tenant() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.tenant_id'), '') $$;

CREATE TABLE storage_capability (
    name text PRIMARY KEY,
    value text NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE storage_capability IS 'What the migrations found this server to offer';
GRANT SELECT ON storage_capability TO vedette_request, vedette_worker;

-- TimescaleDB: CREATE EXTENSION kills the session when the library is not preloaded, so look first.
DO $$
DECLARE
    reason text := 'not preloaded';
BEGIN
    IF EXISTS (SELECT 1 FROM pg_settings WHERE name = 'timescaledb.max_background_workers') THEN
        BEGIN
            EXECUTE 'CREATE EXTENSION IF NOT EXISTS timescaledb';
            reason := NULL;
        EXCEPTION WHEN OTHERS THEN
            reason := SQLERRM;
        END;
    END IF;
    INSERT INTO storage_capability (name, value) VALUES
        ('postgresql', current_setting('server_version')),
        ('time_shape', CASE WHEN reason IS NULL THEN 'hypertable' ELSE 'partition' END),
        ('timescaledb', coalesce(
            'absent: ' || reason,
            (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'))),
        ('timescaledb_license',
            coalesce(current_setting('timescaledb.license', true), 'none'));
END
$$;

-- The tables that grow along time, and by which column.
CREATE TABLE time_shaped (
    table_name text PRIMARY KEY,
    time_column text NOT NULL
);
GRANT SELECT ON time_shaped TO vedette_worker;

-- What CREATE TABLE of a time-shaped table ends with on this server.
CREATE FUNCTION time_shape_clause(time_column text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
        SELECT CASE WHEN value = 'partition'
            THEN format(' PARTITION BY RANGE (%I)', time_column) ELSE '' END
        FROM storage_capability WHERE name = 'time_shape'
    $$;

-- Monthly partitions from half a year back to three months ahead, where they are missing. What lies
-- outside goes to the default partition: times come from senders, and a partition for every time
-- somebody may send would have no bound. Called by the service at start and daily.
CREATE FUNCTION extend_partitions() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
DECLARE
    shaped record;
    month timestamptz;
    part text;
BEGIN
    IF (SELECT value FROM storage_capability WHERE name = 'time_shape') = 'hypertable' THEN
        RETURN;
    END IF;
    -- One at a time; replicas starting together would collide.
    PERFORM pg_advisory_xact_lock(7306071);
    FOR shaped IN SELECT * FROM time_shaped LOOP
        FOR month IN
            SELECT m AT TIME ZONE 'UTC'
            FROM generate_series(
                date_trunc('month', now() AT TIME ZONE 'UTC') - interval '6 months',
                date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months',
                interval '1 month') AS m
        LOOP
            part := shaped.table_name || to_char(month AT TIME ZONE 'UTC', '"_"YYYY"_"MM');
            IF to_regclass('public.' || part) IS NULL THEN
                BEGIN
                    EXECUTE format(
                        'CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                        part, shaped.table_name, month,
                        (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
                EXCEPTION WHEN check_violation THEN
                    -- The default partition has rows of that month already; they stay there.
                    NULL;
                END;
            END IF;
        END LOOP;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION extend_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extend_partitions() TO vedette_worker;

-- Makes a table just created with time_shape_clause() a hypertable, or gives it its partitions.
CREATE FUNCTION shape_by_time(shaped_table text, shaped_column text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO time_shaped VALUES (shaped_table, shaped_column);
    IF (SELECT value FROM storage_capability WHERE name = 'time_shape') = 'hypertable' THEN
        EXECUTE format(
            'SELECT create_hypertable(%L, %L, chunk_time_interval => interval ''7 days'', '
            'create_default_indexes => false)', shaped_table, shaped_column);
    ELSE
        EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT',
            shaped_table || '_default', shaped_table);
        PERFORM extend_partitions();
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION shape_by_time(text, text) FROM PUBLIC;
