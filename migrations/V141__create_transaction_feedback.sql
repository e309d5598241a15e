-- Why: what people said of payments, from which the precision of rules and models follows.
-- Locks: nothing that holds data.

-- Every word; the newest of a transaction counts.
CREATE TABLE transaction_feedback (
    tenant_id text NOT NULL,
    transaction_id text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    -- The transaction's, and so its partition.
    time timestamptz NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('fraud', 'legitimate', 'unsure')),
    comment text NOT NULL DEFAULT '',
    author text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, transaction_id, id)
);
CREATE INDEX transaction_feedback_by_age ON transaction_feedback (tenant_id, at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_feedback TO vedette_worker;
ALTER TABLE transaction_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON transaction_feedback TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON transaction_feedback TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.transaction_feedback WITH (security_barrier) AS
    SELECT * FROM public.transaction_feedback WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT ON scoped.transaction_feedback TO vedette_request;
