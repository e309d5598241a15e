-- Why: how far points were taken from each partition of a broker, moved in the transaction that
-- stores the points: a rebalance or a crash neither loses nor doubles.
-- Locks: nothing that holds data.
--
-- No tenant: the service's own book-keeping, seen by the workers' role only.
CREATE TABLE broker_position (
    consumer_group text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    -- The offset of the next record to take.
    next_offset bigint NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer_group, topic, partition)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE ON broker_position TO vedette_worker;
