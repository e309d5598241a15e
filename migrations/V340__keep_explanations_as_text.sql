-- What explains a decision, its features and reasons, as text (dev.vedette.timescale.DecisionText): it is read with its transaction
-- only, and parsing it into jsonb took a good part of the time of storing a decision. The columns features and reasons keep what
-- versions before this one wrote, which see a new decision without its reasons while pods change.
-- Locks: transaction for a moment.
ALTER TABLE transaction ADD COLUMN explanation text;
CREATE OR REPLACE VIEW scoped.transaction WITH (security_barrier) AS
    SELECT * FROM public.transaction WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
