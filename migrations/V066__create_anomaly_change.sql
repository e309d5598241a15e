-- Why: the live stream of every process hears of what any worker found, exactly once each, in the
-- order of each shard's ticks, and a listener that comes back resumes where it was.
-- Locks: nothing that holds data.
--
-- One row per tick that found something, written in the tick's transaction: a shard's ticks commit in
-- order, so "after tick n" misses nothing. Kept for an hour. Read by the workers' role only, which
-- hands each tenant its own; hence no view for requests and no leading tenant.
CREATE TABLE anomaly_change (
    shard smallint NOT NULL,
    tick bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    -- Aligned.
    tenant_ids text[] NOT NULL,
    ids uuid[] NOT NULL,
    PRIMARY KEY (shard, tick)
);
GRANT SELECT, INSERT, DELETE ON anomaly_change TO vedette_worker;
