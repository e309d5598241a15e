-- Why: a recorded trace goes on where work waits in the database: in the log, and from an anomaly to
-- the messages about it. All of it is written for recorded requests only; a null takes no room in a
-- row of the log.
-- Locks: detection_log and alert_delivery for a moment.

-- Places in traces as W3C traceparents, separated by spaces: of each recorded request in the row.
ALTER TABLE detection_log ADD COLUMN traceparents text;
ALTER TABLE alert_delivery ADD COLUMN traceparent text;

-- Where an anomaly was found or changed last on behalf of a recorded request. Kept for a day.
CREATE TABLE anomaly_trace (
    tenant_id text NOT NULL,
    anomaly_id uuid NOT NULL,
    traceparent text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, anomaly_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON anomaly_trace TO vedette_worker;
