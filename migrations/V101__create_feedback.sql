-- Why: what people said of incidents, and what they made of what follows from it.
-- Locks: nothing that holds data.

-- The newest of an incident counts; the others stay for the record.
CREATE TABLE feedback (
    tenant_id text NOT NULL,
    -- One click on one link is one row, however often it is clicked.
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('confirmed', 'expected', 'false_alarm', 'new_normal')),
    cause text,
    comment text NOT NULL DEFAULT '',
    actor text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX feedback_by_age ON feedback (tenant_id, at DESC, id DESC);
CREATE INDEX feedback_by_incident ON feedback (tenant_id, incident_id, at DESC);

-- Suggestions follow from feedback and are not stored; what a person decided of one is.
CREATE TABLE suggestion_decision (
    tenant_id text NOT NULL,
    suggestion text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('applied', 'dismissed')),
    actor text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, suggestion)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON feedback, suggestion_decision TO vedette_worker;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['feedback', 'suggestion_decision'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY worker ON %I TO vedette_worker USING (true) WITH CHECK (true)', name);
        EXECUTE format('CREATE POLICY tenant ON %I TO vedette_request'
            ' USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant())', name);
        EXECUTE format('CREATE VIEW scoped.%I WITH (security_barrier) AS'
            ' SELECT * FROM public.%I WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION',
            name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON scoped.%I TO vedette_request', name);
    END LOOP;
END
$$;
