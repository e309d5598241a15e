-- Why: transactions with the decisions made on them, and the way there.
-- Locks: nothing that holds data.

-- One row holds a transaction and its decision: it is written once, in the transaction that decides,
-- and never changed. The time is the sender's.
DO $$
BEGIN
    EXECUTE $sql$
        CREATE TABLE transaction (
            tenant_id text NOT NULL,
            transaction_id text NOT NULL,
            account_id text NOT NULL,
            time timestamptz NOT NULL,
            received_at timestamptz NOT NULL,
            amount double precision NOT NULL CHECK (amount >= 0),
            currency text NOT NULL,
            merchant text,
            country text,
            channel text,
            attributes jsonb NOT NULL DEFAULT '{}',
            day_part text NOT NULL,
            schema_version integer NOT NULL,
            -- Its place in the order of its shard's decisions: what features are rebuilt from.
            shard smallint NOT NULL,
            seq bigint NOT NULL,
            decided_at timestamptz NOT NULL,
            score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
            outcome text NOT NULL CHECK (outcome IN ('approve', 'review', 'decline')),
            reasons jsonb NOT NULL DEFAULT '[]',
            parts jsonb NOT NULL DEFAULT '{}',
            features jsonb NOT NULL DEFAULT '{}',
            rules jsonb NOT NULL DEFAULT '[]',
            versions jsonb NOT NULL DEFAULT '{}',
            PRIMARY KEY (tenant_id, time, transaction_id)
        )$sql$ || time_shape_clause('time');
    PERFORM shape_by_time('transaction', 'time');
END
$$;
CREATE INDEX transaction_by_account ON transaction (tenant_id, account_id, time DESC);
CREATE INDEX transaction_by_seq ON transaction (tenant_id, seq);
CREATE INDEX transaction_flagged ON transaction (tenant_id, time DESC) WHERE outcome <> 'approve';

-- What makes a transaction known: its id, once within the tenant, whatever time it names.
CREATE TABLE transaction_key (
    tenant_id text NOT NULL,
    transaction_id text NOT NULL,
    time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, transaction_id)
);
CREATE INDEX transaction_key_by_age ON transaction_key USING brin (received_at);

-- Acknowledged and not yet decided: what came to a process that does not hold the shard. Rows go in
-- the transaction that decides them, so none is missed behind a watermark and none is taken twice.
CREATE TABLE transaction_due (
    tenant_id text NOT NULL,
    transaction_id text NOT NULL,
    shard smallint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    received_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, transaction_id)
);
CREATE INDEX transaction_due_by_shard ON transaction_due (shard, id);

-- Who decides which shard, and the number of its last decision.
CREATE TABLE transaction_shard (
    shard smallint PRIMARY KEY,
    owner text,
    -- Raised whenever the owner changes: a commit names it, so one that lost the shard is refused.
    epoch bigint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL DEFAULT '-infinity',
    seq bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
-- As many as dev.vedette.transaction.scoring.TransactionShards.COUNT.
INSERT INTO transaction_shard (shard) SELECT generate_series(0, 15);

-- What is known of a tenant's accounts, merchants and so on, as of one of its shard's decisions.
CREATE TABLE transaction_snapshot (
    tenant_id text PRIMARY KEY,
    seq bigint NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    state bytea NOT NULL
);
ALTER TABLE transaction_snapshot ALTER COLUMN state SET STORAGE EXTERNAL;

GRANT SELECT, INSERT, UPDATE, DELETE
    ON transaction, transaction_key, transaction_due, transaction_snapshot TO vedette_worker;
GRANT SELECT, UPDATE ON transaction_shard TO vedette_worker;

CREATE VIEW scoped.transaction WITH (security_barrier) AS
    SELECT * FROM public.transaction WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
CREATE VIEW scoped.transaction_key WITH (security_barrier) AS
    SELECT * FROM public.transaction_key WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT ON scoped.transaction, scoped.transaction_key TO vedette_request;
