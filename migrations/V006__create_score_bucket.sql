-- Why: the scores roll-ups are made of, one row per node and five minutes.
-- Locks: nothing that holds data.
DO $$
BEGIN
    EXECUTE 'CREATE TABLE score_bucket (
        tenant_id text NOT NULL,
        bucket timestamptz NOT NULL,
        cluster_id text NOT NULL,
        node_id text NOT NULL,
        -- Aligned: the series judged, ascending; its highest score, in [0,1]; whether an anomaly was
        -- open.
        series_ids bigint[] NOT NULL,
        scores real[] NOT NULL,
        anomalous boolean[] NOT NULL,
        PRIMARY KEY (tenant_id, bucket, cluster_id, node_id)
    )' || time_shape_clause('bucket');
    PERFORM shape_by_time('score_bucket', 'bucket');
END
$$;

-- Buckets whose roll-ups are older than their scores. Who makes a roll-up reads the mark, and deletes
-- the row only where the mark is still the same.
CREATE TABLE rollup_due (
    tenant_id text NOT NULL,
    bucket timestamptz NOT NULL,
    mark bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, bucket)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON score_bucket, rollup_due TO vedette_worker;

CREATE VIEW scoped.score_bucket WITH (security_barrier) AS
    SELECT * FROM public.score_bucket WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.score_bucket TO vedette_request;
