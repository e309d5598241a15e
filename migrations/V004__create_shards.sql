-- Why: who works on which shard, and how far each has come.
-- Locks: nothing that holds data.

CREATE TABLE shard_lease (
    shard smallint PRIMARY KEY,
    owner text,
    -- Raised whenever the owner changes: a commit names it, so one that lost the shard is refused.
    epoch bigint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
-- As many as dev.vedette.series.Shards.COUNT.
INSERT INTO shard_lease (shard) SELECT generate_series(0, 15);

-- One row per tick since the last checkpoint: where it cut the log, lane by lane, so that a replay
-- cuts at the same places.
CREATE TABLE shard_tick (
    shard smallint NOT NULL,
    tick bigint NOT NULL,
    lanes bigint[] NOT NULL,
    seqs bigint[] NOT NULL,
    PRIMARY KEY (shard, tick)
);

CREATE TABLE shard_checkpoint (
    shard smallint PRIMARY KEY,
    tick bigint NOT NULL,
    lanes bigint[] NOT NULL,
    seqs bigint[] NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE detector_snapshot (
    series_id bigint PRIMARY KEY,
    shard smallint NOT NULL,
    engine text NOT NULL,
    state bytea NOT NULL
) WITH (fillfactor = 70);

GRANT SELECT, UPDATE ON shard_lease TO vedette_worker;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON shard_tick, shard_checkpoint, detector_snapshot TO vedette_worker;
