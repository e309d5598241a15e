-- What is known of a tenant's accounts, in parts of a quarter of a megabyte, each committed alone: written at once it held
-- up every decision that came meanwhile. Parts count once transaction_snapshot has their seq; its state is empty then.
-- A version before this one reads the empty state as unreadable, and replays.
CREATE TABLE transaction_snapshot_part (
    tenant_id text NOT NULL,
    seq bigint NOT NULL,
    part integer NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant_id, seq, part)
);
ALTER TABLE transaction_snapshot_part ALTER COLUMN state SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, DELETE ON transaction_snapshot_part TO vedette_worker;
