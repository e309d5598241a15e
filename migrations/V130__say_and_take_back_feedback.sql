-- Why: a word about one anomaly of an incident, and words and decisions that are taken back.
-- Locks: feedback and suggestion_decision for the moment of adding columns.

-- Of which anomaly; empty: of the incident as a whole. What was taken back stays for the record.
ALTER TABLE feedback
    ADD COLUMN anomaly_id uuid,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE suggestion_decision ADD COLUMN withdrawn_at timestamptz;
CREATE OR REPLACE VIEW scoped.feedback WITH (security_barrier) AS
    SELECT * FROM public.feedback WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
CREATE OR REPLACE VIEW scoped.suggestion_decision WITH (security_barrier) AS
    SELECT * FROM public.suggestion_decision WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
