-- Why: scores of nodes, clusters and tenants over time; one row per place and five minutes, the four
-- strategies beside each other.
-- Locks: nothing that holds data.
DO $$
BEGIN
    EXECUTE 'CREATE TABLE rollup_score (
        tenant_id text NOT NULL,
        level text NOT NULL CHECK (level IN (''node'', ''cluster'', ''tenant'')),
        bucket timestamptz NOT NULL,
        -- Empty for the whole tenant.
        cluster_id text NOT NULL,
        -- Empty for a whole cluster or tenant.
        node_id text NOT NULL,
        max_score real NOT NULL,
        mean_score real NOT NULL,
        weighted_score real NOT NULL,
        p95_score real NOT NULL,
        num_metrics integer NOT NULL,
        num_anomalies integer NOT NULL,
        leading_node text,
        leading_metric text,
        PRIMARY KEY (tenant_id, level, bucket, cluster_id, node_id)
    )' || time_shape_clause('bucket');
    PERFORM shape_by_time('rollup_score', 'bucket');
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_score TO vedette_worker;

CREATE VIEW scoped.rollup_score WITH (security_barrier) AS
    SELECT * FROM public.rollup_score WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.rollup_score TO vedette_request;
