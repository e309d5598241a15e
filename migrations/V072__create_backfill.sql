-- Why: past ranges judged again, as jobs that survive a restart and whose results come in at once.
-- Locks: anomaly for the moment of adding columns.

-- Which anomalies a backfill found. Nobody is alerted about them unless the job says so.
ALTER TABLE anomaly
    ADD COLUMN backfilled boolean NOT NULL DEFAULT false,
    ADD COLUMN backfill_id uuid;
CREATE OR REPLACE VIEW scoped.anomaly WITH (security_barrier) AS
    SELECT * FROM public.anomaly WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;

CREATE TABLE backfill_job (
    tenant_id text NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL
        CHECK (state IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
    reason text NOT NULL CHECK (reason IN ('request', 'late_data')),
    cluster_id text,
    node_id text,
    metric_name text,
    labels jsonb NOT NULL DEFAULT '{}',
    -- Exactly these, whatever the rest of the selection says; null: all that fit.
    series_ids bigint[],
    -- Whole score buckets.
    range_from timestamptz NOT NULL,
    range_to timestamptz NOT NULL,
    -- Null: as set for the series.
    engine text,
    engine_version integer,
    -- Null: as set for the series.
    threshold double precision,
    direction text,
    min_absolute_deviation double precision,
    min_relative_deviation double precision,
    -- Revision of the settings it judges by, kept over restarts; null before it starts.
    settings_revision bigint,
    -- Null: from the beginning of what is stored.
    warm_up_seconds bigint,
    send_alerts boolean NOT NULL,
    series_total bigint NOT NULL,
    series_done bigint NOT NULL DEFAULT 0,
    -- Series up to this one are done.
    after_series bigint NOT NULL DEFAULT 0,
    points bigint NOT NULL DEFAULT 0,
    anomalies bigint NOT NULL DEFAULT 0,
    failure text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    -- Who works on it, and until when nobody else may.
    owner text,
    leased_until timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX backfill_job_by_age ON backfill_job (tenant_id, created_at DESC, id DESC);
CREATE INDEX backfill_job_at_work ON backfill_job (created_at)
    WHERE state IN ('queued', 'running');

-- What a job has found so far; moved over when it has all of it.
CREATE TABLE backfill_anomaly (LIKE anomaly INCLUDING DEFAULTS);
ALTER TABLE backfill_anomaly ADD PRIMARY KEY (backfill_id, id);
CREATE TABLE backfill_score (
    tenant_id text NOT NULL,
    backfill_id uuid NOT NULL,
    series_id bigint NOT NULL,
    -- Aligned: the buckets the series was judged in, ascending.
    buckets timestamptz[] NOT NULL,
    scores real[] NOT NULL,
    anomalous boolean[] NOT NULL,
    PRIMARY KEY (backfill_id, series_id)
);

-- Points that came after newer ones of their series: stored, not judged. The worker notes them in
-- the transaction that reads them; a job turns long stretches into a backfill.
CREATE TABLE late_points (
    tenant_id text NOT NULL,
    series_id bigint NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    points bigint NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, series_id)
);
CREATE INDEX late_points_by_age ON late_points (noted_at);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON backfill_job, backfill_anomaly, backfill_score, late_points TO vedette_worker;

-- A second wall behind the views: a right granted on the table by mistake still shows one tenant.
ALTER TABLE backfill_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON backfill_job TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON backfill_job TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.backfill_job WITH (security_barrier) AS
    SELECT * FROM public.backfill_job WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON scoped.backfill_job TO vedette_request;
