-- Why: old chunks and partitions go as a whole; deleting their rows one by one would cost as much as
-- writing them did.
-- Locks: nothing that holds data. The function takes an exclusive lock for the moment of a drop, and
-- gives up after two seconds of waiting for it.

-- Drops the chunks or partitions of all time-shaped tables that end at or before that time.
CREATE FUNCTION drop_expired(cutoff timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
DECLARE
    hypertables boolean :=
        (SELECT value = 'hypertable' FROM storage_capability WHERE name = 'time_shape');
    shaped record;
    part record;
    dropped integer := 0;
BEGIN
    IF cutoff > now() - interval '1 hour' THEN
        RAISE EXCEPTION 'refusing to drop data of the last hour, cutoff is %', cutoff;
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    FOR shaped IN SELECT * FROM time_shaped LOOP
        IF hypertables THEN
            EXECUTE format(
                'SELECT count(*) FROM drop_chunks(%L::regclass, older_than => %L::timestamptz)',
                'public.' || shaped.table_name, cutoff) INTO part;
            dropped := dropped + part.count;
        ELSE
            FOR part IN
                SELECT c.relname
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = ('public.' || shaped.table_name)::regclass
                    AND c.relname ~ '_\d{4}_\d{2}$'
                    AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')
                        AT TIME ZONE 'UTC' <= cutoff
            LOOP
                EXECUTE format('DROP TABLE public.%I', part.relname);
                dropped := dropped + 1;
            END LOOP;
        END IF;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_expired(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_expired(timestamptz) TO vedette_worker;
