-- Why: what was found.
-- Locks: nothing that holds data.
--
-- A plain table although it grows along time: rows are few, change after they were written (an open
-- anomaly extends, people acknowledge it) and are asked for by id alone.
CREATE TABLE anomaly (
    tenant_id text NOT NULL,
    -- Made from series, engine and window start: a replay writes the same row.
    id uuid NOT NULL,
    source text NOT NULL DEFAULT 'metric' CHECK (source IN ('metric', 'transaction')),
    series_id bigint,
    cluster_id text,
    node_id text,
    metric_name text,
    labels jsonb NOT NULL DEFAULT '{}',
    unit text,
    shard smallint NOT NULL DEFAULT 0,
    window_start timestamptz NOT NULL,
    window_end timestamptz NOT NULL,
    peak_at timestamptz NOT NULL,
    is_open boolean NOT NULL,
    points integer NOT NULL,
    anomaly_score double precision NOT NULL CHECK (anomaly_score BETWEEN 0 AND 1),
    anomaly_label text NOT NULL
        CHECK (anomaly_label IN ('spike', 'trend', 'seasonal', 'normal')),
    kind text NOT NULL,
    magnitude double precision NOT NULL CHECK (magnitude BETWEEN 0 AND 1),
    confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    explanation text NOT NULL,
    observed double precision NOT NULL,
    expected double precision NOT NULL,
    lower double precision NOT NULL,
    upper double precision NOT NULL,
    evidence jsonb NOT NULL DEFAULT '{}',
    engine text NOT NULL,
    engine_version integer NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'closed', 'acknowledged', 'suppressed')),
    incident_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX anomaly_by_time ON anomaly (tenant_id, window_start DESC, id DESC);
CREATE INDEX anomaly_by_node ON anomaly (tenant_id, cluster_id, node_id, window_start DESC);
CREATE INDEX anomaly_by_series ON anomaly (tenant_id, series_id, window_start DESC);
CREATE INDEX anomaly_open ON anomaly (tenant_id, window_start DESC) WHERE is_open;

GRANT SELECT, INSERT, UPDATE, DELETE ON anomaly TO vedette_worker;
ALTER TABLE anomaly ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON anomaly TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON anomaly TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());

CREATE VIEW scoped.anomaly WITH (security_barrier) AS
    SELECT * FROM public.anomaly WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, UPDATE (status, incident_id) ON scoped.anomaly TO vedette_request;
