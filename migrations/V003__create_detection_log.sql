-- Why: the durable log; a row here is what an acknowledgement means.
-- Locks: nothing that holds data.
--
-- A queue, not a history, hence no hypertable and no partition by date: a ring of six partitions of
-- ten minutes each, chosen by the clock. A partition is truncated as a whole when every reader is
-- past all its rows, which costs no vacuum, needs no DDL, and locks nobody out of the other five.
-- When readers are late, rows of two rounds share a partition and it is emptied later: late, but
-- never lost.
CREATE TABLE detection_log (
    shard smallint NOT NULL,
    lane bigint NOT NULL,
    seq bigint NOT NULL,
    slot smallint NOT NULL DEFAULT ((extract(epoch FROM now())::bigint / 600) % 6),
    committed_at timestamptz NOT NULL DEFAULT now(),
    points integer NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (shard, lane, seq, slot)
) PARTITION BY LIST (slot);

DO $$
BEGIN
    FOR slot IN 0..5 LOOP
        EXECUTE format(
            'CREATE TABLE detection_log_%s PARTITION OF detection_log FOR VALUES IN (%s)',
            slot, slot);
        -- Payloads are compressed by the writer; trying again costs four times the insert.
        EXECUTE format('ALTER TABLE detection_log_%s ALTER payload SET STORAGE EXTERNAL', slot);
        EXECUTE format('GRANT SELECT, DELETE, TRUNCATE ON detection_log_%s TO vedette_worker', slot);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON detection_log TO vedette_worker;

-- A lane is one writer's own number line.
CREATE SEQUENCE log_lane;
GRANT USAGE ON SEQUENCE log_lane TO vedette_worker;
