-- Why: points at coarser steps, kept longer than the points themselves; and blocks that store decimal
-- numbers as small whole numbers, a quarter of the bytes.
-- Locks: point_block for the moment of adding columns; then rewrites the rows of buckets merged
-- before, which the merge job takes up again to roll them up.

-- A block's values: as they are, or, when scale is not null, (base + narrow) / 10 ^ scale, with wide
-- instead of narrow where they spread further. Which of them is chosen per row, losing no bit.
ALTER TABLE point_block
    ADD COLUMN scale smallint,
    ADD COLUMN base bigint,
    ADD COLUMN narrow smallint[],
    ADD COLUMN wide integer[];
ALTER TABLE point_block ALTER COLUMN "values" DROP NOT NULL;

CREATE OR REPLACE VIEW point AS
    SELECT DISTINCT ON (b.tenant_id, b.series_id, b.bucket, p.time)
        b.tenant_id, b.series_id, b.bucket, p.time, p.value
    FROM point_block b
    CROSS JOIN LATERAL (
        SELECT
            b.bucket + interval '1 millisecond'
                * coalesce(b.offsets[i], b.first_offset + (i - 1) * b.step) AS time,
            CASE WHEN b.scale IS NULL THEN b."values"[i]
                ELSE (b.base + coalesce(b.narrow[i], b.wide[i]))::float8
                    / 10::float8 ^ b.scale::float8 END AS value
        FROM generate_series(1, b.points) AS i
    ) p
    ORDER BY b.tenant_id, b.series_id, b.bucket, p.time, b.part DESC;
COMMENT ON VIEW point IS 'One row per point of the blocks. The newest minutes, up to '
    'vedette.detection.checkpoint-interval, are in the packed log only, which SQL cannot read.';

CREATE OR REPLACE VIEW scoped.point_block WITH (security_barrier) AS
    SELECT * FROM public.point_block WHERE tenant_id = scoped.tenant();

-- How far the merging of a bucket has come: it goes on there and does not look for its place again.
ALTER TABLE block_due ADD COLUMN after_series bigint NOT NULL DEFAULT 0;

-- From now on part 0 means: merged and rolled up.
UPDATE point_block SET part = -1 WHERE part = 0;
INSERT INTO block_due (tenant_id, bucket)
    SELECT DISTINCT tenant_id, bucket FROM point_block WHERE part = -1
    ON CONFLICT DO NOTHING;

-- Two tables, as they are kept for different times: rows go by whole chunks or partitions. A row
-- packs the cells of one series: of four hours at 5 minutes, of a UTC day at 1 hour. A cell has
-- count, min, max, sum and last of its points; the packing is dev.vedette.timescale.PackedCells.
DO $$
DECLARE
    width text;
BEGIN
    FOREACH width IN ARRAY ARRAY['5m', '1h'] LOOP
        EXECUTE format('CREATE TABLE %I (
            tenant_id text NOT NULL,
            series_id bigint NOT NULL,
            bucket timestamptz NOT NULL,
            cells bytea NOT NULL,
            PRIMARY KEY (tenant_id, series_id, bucket)
        )', 'point_rollup_' || width) || time_shape_clause('bucket');
        PERFORM shape_by_time('point_rollup_' || width, 'bucket');
        EXECUTE format(
            'GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO vedette_worker', 'point_rollup_' || width);
        EXECUTE format('CREATE VIEW scoped.%1$I WITH (security_barrier) AS
            SELECT * FROM public.%1$I WHERE tenant_id = scoped.tenant()', 'point_rollup_' || width);
        EXECUTE format('GRANT SELECT ON scoped.%I TO vedette_request', 'point_rollup_' || width);
    END LOOP;
END
$$;
