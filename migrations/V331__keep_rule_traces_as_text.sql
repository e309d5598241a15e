-- How the rules judged a transaction, as text (dev.vedette.timescale.RuleTraces): it is read for one transaction at a time, and
-- parsing it into jsonb took half of the time of storing a decision. The column rules holds those that fired, which trends and
-- precision count; in rows without the text, written by a version before this one, it holds all of them.
ALTER TABLE transaction ADD COLUMN traces text;
CREATE OR REPLACE VIEW scoped.transaction WITH (security_barrier) AS
    SELECT * FROM public.transaction WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
