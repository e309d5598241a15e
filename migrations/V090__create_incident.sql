-- Why: anomalies that belong together, as one incident.
-- Locks: anomaly, for as long as an index and a trigger take; there are few rows.
--
-- What an incident is follows from its anomalies alone and is written by one job, which takes durable
-- marks: the tick that stores an anomaly leaves one. Marks are only added and deleted by their own
-- number, so that a tick never waits for the job.
CREATE TABLE incident_due (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id text NOT NULL,
    anomaly_id uuid NOT NULL,
    cluster_id text NOT NULL,
    window_start timestamptz NOT NULL,
    window_end timestamptz NOT NULL
);

CREATE TABLE incident (
    tenant_id text NOT NULL,
    -- Made from its first anomaly: a replay writes the same row.
    id uuid NOT NULL,
    title text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    origin_cluster text NOT NULL,
    origin_node text NOT NULL,
    -- NULL where the node as a whole was unusual.
    origin_metric text,
    origin_since timestamptz NOT NULL,
    origin_weight double precision NOT NULL CHECK (origin_weight BETWEEN 0 AND 1),
    started_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    nodes integer NOT NULL CHECK (nodes > 0),
    metrics integer NOT NULL CHECK (metrics >= 0),
    anomalies integer NOT NULL CHECK (anomalies > 0),
    open integer NOT NULL CHECK (open BETWEEN 0 AND anomalies),
    -- What people did. Cleared when it begins again, so that they are asked again.
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    resolved_by text,
    -- Where it went when it turned out to be part of another.
    merged_into uuid,
    -- When a backfill left none of its anomalies.
    withdrawn_at timestamptz,
    -- Counts changes, so that who follows knows what was seen.
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX incident_by_time ON incident (tenant_id, started_at DESC, id DESC);
CREATE INDEX incident_by_merger ON incident (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE incident_member (
    tenant_id text NOT NULL,
    anomaly_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, anomaly_id)
);
CREATE INDEX incident_member_by_incident ON incident_member (tenant_id, incident_id);

-- What people did and said, for the timeline.
CREATE TABLE incident_action (
    tenant_id text NOT NULL,
    incident_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    action text NOT NULL CHECK (action IN ('acknowledge', 'resolve', 'reopen', 'comment')),
    note text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, incident_id, id)
);

-- Anomalies of a cluster that still went on at some time: what a changed one may be near to.
CREATE INDEX anomaly_by_end ON anomaly (tenant_id, cluster_id, window_end);

CREATE FUNCTION mark_incident_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed anomaly%ROWTYPE := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF changed.source = 'metric' AND changed.node_id IS NOT NULL THEN
        INSERT INTO incident_due (tenant_id, anomaly_id, cluster_id, window_start, window_end)
        VALUES (changed.tenant_id, changed.id, changed.cluster_id, changed.window_start,
            changed.window_end);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER anomaly_marks_incident AFTER INSERT OR DELETE ON anomaly
    FOR EACH ROW EXECUTE FUNCTION mark_incident_due();
CREATE TRIGGER anomaly_change_marks_incident AFTER UPDATE ON anomaly
    FOR EACH ROW
    WHEN ((OLD.window_end, OLD.is_open, OLD.anomaly_score, OLD.kind)
        IS DISTINCT FROM (NEW.window_end, NEW.is_open, NEW.anomaly_score, NEW.kind))
    EXECUTE FUNCTION mark_incident_due();
-- Those there are.
INSERT INTO incident_due (tenant_id, anomaly_id, cluster_id, window_start, window_end)
SELECT tenant_id, id, cluster_id, window_start, window_end
FROM anomaly WHERE source = 'metric' AND node_id IS NOT NULL ORDER BY window_start;

GRANT SELECT, INSERT, UPDATE, DELETE ON incident_due, incident, incident_member, incident_action
    TO vedette_worker;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['incident', 'incident_member', 'incident_action'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY worker ON %I TO vedette_worker USING (true) WITH CHECK (true)', name);
        EXECUTE format('CREATE POLICY tenant ON %I TO vedette_request'
            ' USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant())', name);
        EXECUTE format('CREATE VIEW scoped.%I WITH (security_barrier) AS'
            ' SELECT * FROM public.%I WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION',
            name, name);
        EXECUTE format('GRANT SELECT ON scoped.%I TO vedette_request', name);
    END LOOP;
END
$$;
GRANT UPDATE (acknowledged_at, acknowledged_by, resolved_at, resolved_by, version, changed_at)
    ON scoped.incident TO vedette_request;
GRANT INSERT ON scoped.incident_action TO vedette_request;
