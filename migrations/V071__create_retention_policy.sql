-- Why: each tenant may keep points, roll-ups and anomalies for times of its own, and each table is
-- dropped by its own cutoff.
-- Locks: nothing that holds data. The function takes an exclusive lock for the moment of a drop, and
-- gives up after two seconds of waiting for it.

-- What a tenant set for itself; null: the service's setting.
CREATE TABLE tenant_retention (
    tenant_id text COLLATE "C" PRIMARY KEY REFERENCES tenant,
    points_seconds bigint CHECK (points_seconds >= 3600),
    fine_rollups_seconds bigint CHECK (fine_rollups_seconds >= 3600),
    hourly_rollups_seconds bigint CHECK (hourly_rollups_seconds >= 3600),
    anomalies_seconds bigint CHECK (anomalies_seconds >= 3600)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_retention TO vedette_worker;
ALTER TABLE tenant_retention ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON tenant_retention TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON tenant_retention TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.tenant_retention WITH (security_barrier) AS
    SELECT * FROM public.tenant_retention WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON scoped.tenant_retention TO vedette_request;

-- Drops the chunks or partitions of one time-shaped table that end at or before that time.
CREATE FUNCTION drop_expired(shaped_table text, cutoff timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
DECLARE
    part record;
    dropped integer := 0;
BEGIN
    IF cutoff > now() - interval '1 hour' THEN
        RAISE EXCEPTION 'refusing to drop data of the last hour, cutoff is %', cutoff;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM time_shaped WHERE table_name = shaped_table) THEN
        RAISE EXCEPTION 'no table along time is called %', shaped_table;
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    IF (SELECT value = 'hypertable' FROM storage_capability WHERE name = 'time_shape') THEN
        EXECUTE format(
            'SELECT count(*) AS chunks FROM drop_chunks(%L::regclass, older_than => %L::timestamptz)',
            'public.' || shaped_table, cutoff) INTO part;
        RETURN part.chunks;
    END IF;
    FOR part IN
        SELECT c.relname
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = ('public.' || shaped_table)::regclass
            AND c.relname ~ '_\d{4}_\d{2}$'
            AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')
                AT TIME ZONE 'UTC' <= cutoff
    LOOP
        EXECUTE format('DROP TABLE public.%I', part.relname);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_expired(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_expired(text, timestamptz) TO vedette_worker;
DROP FUNCTION drop_expired(timestamptz);
