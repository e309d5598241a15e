-- Why: an array is read and checked element by element; the same numbers as bytes take the server less than half the time to
-- store, and small ones fewer bytes. Blocks written before keep their arrays and are read as ever.
-- Locks: point_block for the moment of adding columns.

-- Whole numbers of zero and more, big-endian, each with as many bytes as the largest of the row needs, none where all are zero:
-- packed_offsets instead of offsets, packed_values instead of narrow and wide. The packing is dev.vedette.timescale.FewBytes.
ALTER TABLE point_block
    ADD COLUMN packed_offsets bytea,
    ADD COLUMN packed_values bytea;

-- The number at an index from 1 on of so many that are packed like that.
CREATE FUNCTION packed_number(packed bytea, count integer, index integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ('x' || lpad(encode(substr(packed, 1 + (index - 1) * (length(packed) / count), length(packed) / count), 'hex'),
        16, '0'))::bit(64)::bigint;

CREATE OR REPLACE VIEW point AS
    SELECT DISTINCT ON (b.tenant_id, b.series_id, b.bucket, p.time)
        b.tenant_id, b.series_id, b.bucket, p.time, p.value
    FROM point_block b
    CROSS JOIN LATERAL (
        SELECT
            b.bucket + interval '1 millisecond' * coalesce(packed_number(b.packed_offsets, b.points, i),
                b.offsets[i], b.first_offset + (i - 1) * b.step) AS time,
            CASE WHEN b.scale IS NULL THEN b."values"[i]
                ELSE (b.base + coalesce(packed_number(b.packed_values, b.points, i), b.narrow[i], b.wide[i]))::float8
                    / 10::float8 ^ b.scale::float8 END AS value
        FROM generate_series(1, b.points) AS i
    ) p
    ORDER BY b.tenant_id, b.series_id, b.bucket, p.time, b.part DESC;

CREATE OR REPLACE VIEW scoped.point_block WITH (security_barrier) AS
    SELECT * FROM public.point_block WHERE tenant_id = scoped.tenant();
