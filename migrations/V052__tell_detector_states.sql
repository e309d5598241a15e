-- Why: people ask whether a series is judged yet, and when it will be.
-- Locks: the table for a moment; a column without a default rewrites nothing.

-- When the first verdict is due, by the usual spacing of points; NULL once there was one.
ALTER TABLE detector_snapshot ADD COLUMN warm_at timestamptz;

-- What a tenant may know of its detectors; the states themselves are the worker's.
CREATE VIEW scoped.detector_state WITH (security_barrier) AS
    SELECT s.tenant_id, d.series_id, d.engine, d.warm_at
    FROM public.detector_snapshot d JOIN public.series s USING (series_id)
    WHERE s.tenant_id = scoped.tenant();
GRANT SELECT ON scoped.detector_state TO vedette_request;
