-- Why: a tenant's open anomalies are looked for by their status, among many that are over.
-- Locks: anomaly, for as long as an index takes.
DROP INDEX anomaly_open;
CREATE INDEX anomaly_open ON anomaly (tenant_id, window_start DESC, id DESC) WHERE status = 'open';
