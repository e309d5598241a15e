-- Why: a call that makes something can be repeated with the same Idempotency-Key and is answered the same.
-- Locks: nothing that holds data.

CREATE TABLE idempotency_key (
    -- SHA-256 of tenant, subject and key.
    id bytea PRIMARY KEY,
    -- SHA-256 of method, path, query and body.
    request bytea NOT NULL,
    begun_at timestamptz NOT NULL,
    -- Null: under way.
    status smallint,
    -- Headers and body, encrypted: an answer may hold a secret that is stored nowhere else.
    answer text
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (begun_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO vedette_worker;
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON idempotency_key TO vedette_worker USING (true) WITH CHECK (true);
