-- Why: a node that falls silent is missed; the worker must know after a restart whom it follows.
-- Locks: the table for a moment; a column without a default rewrites nothing.

-- How long nothing may come before the node is silent; NULL where it is not followed in the present.
ALTER TABLE node_snapshot ADD COLUMN watch_ms bigint;
CREATE INDEX node_snapshot_followed ON node_snapshot (shard) WHERE watch_ms IS NOT NULL;
CREATE OR REPLACE VIEW scoped.node_snapshot WITH (security_barrier) AS
    SELECT * FROM public.node_snapshot WHERE tenant_id = scoped.tenant();
