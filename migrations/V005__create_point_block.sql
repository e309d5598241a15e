-- Why: the history of points, many in a row.
-- Locks: nothing that holds data.
--
-- A row holds points of one series in one bucket of four hours, written by one checkpoint ("part").
-- Of two rows that hold the same time the one with the higher part was sent last and wins. Parts of a
-- bucket that is over are merged into part 0, the lowest, so that a later one still wins over it.
DO $$
BEGIN
    EXECUTE 'CREATE TABLE point_block (
        tenant_id text NOT NULL,
        series_id bigint NOT NULL,
        bucket timestamptz NOT NULL,
        part bigint NOT NULL,
        points integer NOT NULL,
        -- Milliseconds after the bucket''s start: all of them, ascending; or, when they are evenly
        -- spaced, none, and the first and the step instead.
        first_offset integer NOT NULL,
        step integer NOT NULL,
        offsets integer[],
        "values" double precision[] NOT NULL,
        PRIMARY KEY (tenant_id, series_id, bucket, part)
    )' || time_shape_clause('bucket');
    PERFORM shape_by_time('point_block', 'bucket');
END
$$;

-- Buckets with parts that are still to be merged.
CREATE TABLE block_due (
    tenant_id text NOT NULL,
    bucket timestamptz NOT NULL,
    mark bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, bucket)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON point_block, block_due TO vedette_worker;

-- One row per point of the blocks, for people with SQL. The newest minutes, which are still in the
-- detection log only, are not in it: the service's own reads add them.
CREATE VIEW point AS
    SELECT DISTINCT ON (b.tenant_id, b.series_id, b.bucket, p.time)
        b.tenant_id, b.series_id, b.bucket, p.time, p.value
    FROM point_block b
    CROSS JOIN LATERAL (
        SELECT
            b.bucket + interval '1 millisecond'
                * coalesce(b.offsets[i], b.first_offset + (i - 1) * b.step) AS time,
            b."values"[i] AS value
        FROM generate_series(1, b.points) AS i
    ) p
    ORDER BY b.tenant_id, b.series_id, b.bucket, p.time, b.part DESC;
GRANT SELECT ON point TO vedette_worker;

CREATE VIEW scoped.point_block WITH (security_barrier) AS
    SELECT * FROM public.point_block WHERE tenant_id = scoped.tenant();
CREATE VIEW scoped.point WITH (security_barrier) AS
    SELECT * FROM public.point WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.point_block, scoped.point TO vedette_request;
