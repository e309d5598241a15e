-- Why: a rule may be about nodes as wholes, judged by how their metrics go together.
-- Locks: threshold_change, for an instant: a column with a constant default rewrites nothing.

ALTER TABLE threshold_change ADD COLUMN whole_node boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW scoped.threshold_change WITH (security_barrier) AS
    SELECT * FROM public.threshold_change WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
