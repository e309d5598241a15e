-- Why: who changed access, rules or settings, to be read by the tenant's administrator. Append-only: nobody may
-- update a row, and only the worker, which enforces retention, may delete one.
-- Locks: nothing that holds data.

CREATE TABLE audit_event (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    -- Null: done by the platform's administrator, who belongs to no tenant.
    tenant_id text,
    subject text NOT NULL,
    -- Null: a job did what somebody had asked for.
    credential text,
    action text NOT NULL,
    object text NOT NULL,
    request_id text
);
CREATE INDEX audit_event_of_tenant ON audit_event (tenant_id, at DESC, id DESC);
CREATE INDEX audit_event_by_age ON audit_event (at DESC, id DESC);

GRANT SELECT, INSERT, DELETE ON audit_event TO vedette_worker;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON audit_event TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON audit_event TO vedette_request USING (tenant_id = scoped.tenant());
CREATE VIEW scoped.audit_event WITH (security_barrier) AS
    SELECT * FROM public.audit_event WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.audit_event TO vedette_request;
