-- Why: the catalogue of series: which number stands for which place in the hierarchy.
-- Locks: nothing that holds data.

CREATE TABLE series (
    series_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id text NOT NULL,
    -- SHA-256 of cluster, node, metric and labels: labels may be longer than an index entry.
    key_digest bytea NOT NULL,
    cluster_id text NOT NULL,
    node_id text NOT NULL,
    metric_name text NOT NULL,
    labels jsonb NOT NULL,
    unit text,
    shard smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, key_digest)
);
CREATE INDEX series_by_place ON series (tenant_id, cluster_id, node_id, metric_name);
CREATE INDEX series_by_metric ON series (tenant_id, metric_name);
CREATE INDEX series_by_id ON series (tenant_id, series_id);

-- How many series a tenant has; its row is the lock that makes the limit exact.
CREATE TABLE series_count (
    tenant_id text PRIMARY KEY,
    series bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON series, series_count TO vedette_worker;

-- A second wall behind the views: a right granted on the table by mistake still shows one tenant.
ALTER TABLE series ENABLE ROW LEVEL SECURITY;
ALTER TABLE series_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON series TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON series_count TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON series TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE POLICY tenant ON series_count TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());

CREATE VIEW scoped.series WITH (security_barrier) AS
    SELECT * FROM public.series WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
CREATE VIEW scoped.series_count WITH (security_barrier) AS
    SELECT * FROM public.series_count WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON scoped.series, scoped.series_count TO vedette_request;
