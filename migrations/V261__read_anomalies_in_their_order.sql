-- Why: the newest anomalies of many, and those that overlap a window, are read along an index; nobody
-- sorts, or walks through, all that are older.
-- Locks: anomaly, for as long as an index takes.

-- An anomaly that overlaps a window began in it, or shortly before, or is one of the few long ones.
CREATE INDEX anomaly_long ON anomaly (tenant_id, window_start DESC, id DESC, window_end)
    WHERE window_end - window_start > interval '2 hours';

-- A view of its own, as a condition with a subtraction may not pass the barrier of scoped.anomaly.
CREATE VIEW scoped.anomaly_long WITH (security_barrier) AS
    SELECT tenant_id, id, window_start, window_end FROM public.anomaly
    WHERE tenant_id = scoped.tenant() AND window_end - window_start > interval '2 hours';
GRANT SELECT ON scoped.anomaly_long TO vedette_request;

-- Nor does an order pass it: whoever sorts what scoped.anomaly gives has all of it read first. Has
-- the columns of scoped.anomaly; replace both.
CREATE VIEW scoped.anomaly_newest WITH (security_barrier) AS
    SELECT * FROM public.anomaly WHERE tenant_id = scoped.tenant()
    ORDER BY window_start DESC, id DESC;
GRANT SELECT ON scoped.anomaly_newest TO vedette_request;
