-- Why: who asks for the strangest places of a day or a month reads hours to find them, and then the
-- five-minute rows of these places only.
-- Locks: rollup_score is not written to while the index is built and its hours are filled in.
DO $$
BEGIN
    EXECUTE 'CREATE TABLE rollup_hour (
        tenant_id text NOT NULL,
        level text NOT NULL,
        -- Start of a UTC hour; the row holds the highest of what its rows of rollup_score hold.
        hour timestamptz NOT NULL,
        cluster_id text NOT NULL,
        node_id text NOT NULL,
        max_score real NOT NULL,
        mean_score real NOT NULL,
        weighted_score real NOT NULL,
        p95_score real NOT NULL,
        num_metrics integer NOT NULL,
        num_anomalies integer NOT NULL,
        PRIMARY KEY (tenant_id, level, hour, cluster_id, node_id)
    )' || time_shape_clause('hour');
    PERFORM shape_by_time('rollup_hour', 'hour');
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_hour TO vedette_worker;

CREATE VIEW scoped.rollup_hour WITH (security_barrier) AS
    SELECT * FROM public.rollup_hour WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.rollup_hour TO vedette_request;

LOCK TABLE rollup_score IN SHARE MODE;
CREATE INDEX rollup_score_by_place ON rollup_score (tenant_id, level, cluster_id, node_id, bucket);
INSERT INTO rollup_hour (tenant_id, level, hour, cluster_id, node_id, max_score, mean_score,
    weighted_score, p95_score, num_metrics, num_anomalies)
SELECT tenant_id, level, date_trunc('hour', bucket, 'UTC') AS hour, cluster_id, node_id,
    max(max_score), max(mean_score), max(weighted_score), max(p95_score), max(num_metrics),
    max(num_anomalies)
FROM rollup_score
GROUP BY tenant_id, level, hour, cluster_id, node_id;
