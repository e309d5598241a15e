-- Why: features are the tenant's to declare; a model and a past decision name the version they saw.
-- Locks: nothing that holds data.

-- Every set of features a tenant ever declared; the highest version holds.
CREATE TABLE transaction_feature_set (
    tenant_id text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    body jsonb NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, version)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_feature_set TO vedette_worker;
ALTER TABLE transaction_feature_set ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON transaction_feature_set TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON transaction_feature_set TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.transaction_feature_set WITH (security_barrier) AS
    SELECT * FROM public.transaction_feature_set WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT ON scoped.transaction_feature_set TO vedette_request;
