-- Why: changes of the rules tried on many series of the past, as jobs that survive a restart and whose results are kept a month.
-- Locks: none.

CREATE TABLE backtest_job (
    tenant_id text NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL
        CHECK (state IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
    -- The change: a rule that is not stored as one.
    rule jsonb NOT NULL,
    range_from timestamptz NOT NULL,
    range_to timestamptz NOT NULL,
    -- Ascending; the first series_done of them are tried.
    series_ids bigint[] NOT NULL,
    series_done integer NOT NULL DEFAULT 0,
    -- Names the rules that it compares with; null before it starts.
    rules text,
    failure text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    -- Who works on it, and until when nobody else may.
    owner text,
    leased_until timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX backtest_job_by_age ON backtest_job (tenant_id, created_at DESC, id DESC);
CREATE INDEX backtest_job_at_work ON backtest_job (created_at) WHERE state IN ('queued', 'running');

-- Series on which there is something to tell.
CREATE TABLE backtest_series (
    tenant_id text NOT NULL,
    backtest_id uuid NOT NULL,
    series_id bigint NOT NULL,
    found jsonb NOT NULL,
    PRIMARY KEY (tenant_id, backtest_id, series_id),
    FOREIGN KEY (tenant_id, backtest_id) REFERENCES backtest_job (tenant_id, id) ON DELETE CASCADE
);

GRANT SELECT, INSERT, UPDATE, DELETE ON backtest_job, backtest_series TO vedette_worker;

-- A second wall behind the views: a right granted on the table by mistake still shows one tenant.
ALTER TABLE backtest_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON backtest_job TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON backtest_job TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.backtest_job WITH (security_barrier) AS
    SELECT * FROM public.backtest_job WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON scoped.backtest_job TO vedette_request;
ALTER TABLE backtest_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON backtest_series TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON backtest_series TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.backtest_series WITH (security_barrier) AS
    SELECT * FROM public.backtest_series WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION;
GRANT SELECT ON scoped.backtest_series TO vedette_request;
