-- Why: how the labels of a tenant's Prometheus, OpenTelemetry and InfluxDB senders become cluster and node.
-- Locks: nothing that holds data.

CREATE TABLE label_mapping (
    tenant_id text COLLATE "C" NOT NULL,
    -- 'prometheus', 'opentelemetry' or 'influx'
    dialect text COLLATE "C" NOT NULL,
    cluster_labels text[] NOT NULL,
    node_labels text[] NOT NULL,
    default_cluster text NOT NULL,
    default_node text NOT NULL,
    PRIMARY KEY (tenant_id, dialect)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON label_mapping TO vedette_worker;
ALTER TABLE label_mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON label_mapping TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON label_mapping TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());

CREATE VIEW scoped.label_mapping WITH (security_barrier) AS
    SELECT * FROM public.label_mapping WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE, DELETE ON scoped.label_mapping TO vedette_request;
