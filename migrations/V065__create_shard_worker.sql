-- Why: which worker processes live, so that each takes its fair share of the shards and no more.
-- Locks: nothing that holds data.
CREATE TABLE shard_worker (
    owner text PRIMARY KEY,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON shard_worker TO vedette_worker;
