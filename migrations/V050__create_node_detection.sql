-- Why: nodes are judged as a whole: their states, and which metrics make up an anomaly of theirs.
-- Locks: the column has a constant default, so that adding it rewrites nothing; the anomaly table is
-- locked for a moment.

CREATE TABLE node_snapshot (
    tenant_id text NOT NULL,
    cluster_id text NOT NULL,
    node_id text NOT NULL,
    shard smallint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id, node_id)
) WITH (fillfactor = 70);
ALTER TABLE node_snapshot ALTER COLUMN state SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, UPDATE, DELETE ON node_snapshot TO vedette_worker;

CREATE VIEW scoped.node_snapshot WITH (security_barrier) AS
    SELECT * FROM public.node_snapshot WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.node_snapshot TO vedette_request;

ALTER TABLE anomaly ADD COLUMN contributions jsonb NOT NULL DEFAULT '[]';
CREATE OR REPLACE VIEW scoped.anomaly WITH (security_barrier) AS
    SELECT * FROM public.anomaly WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
