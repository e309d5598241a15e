-- Why: what is strange of payments becomes incidents and scores as what is strange of metrics does.
-- Locks: rollup_score for a moment; anomaly for as long as an index takes; there are few rows.

-- The levels of scores are the service's to name: merchants and sources came.
ALTER TABLE rollup_score DROP CONSTRAINT IF EXISTS rollup_score_level_check;

-- Payments to one merchant: what a changed one may be near to.
CREATE INDEX anomaly_by_merchant ON anomaly (tenant_id, (labels ->> 'merchant'), window_start)
    WHERE source = 'transaction';

CREATE OR REPLACE FUNCTION mark_incident_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed anomaly%ROWTYPE := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF changed.node_id IS NOT NULL THEN
        INSERT INTO incident_due (tenant_id, anomaly_id, cluster_id, window_start, window_end)
        VALUES (changed.tenant_id, changed.id, changed.cluster_id, changed.window_start,
            changed.window_end);
    END IF;
    RETURN NULL;
END
$$;

-- Those there are, the merchant among their labels as with those to come.
UPDATE anomaly a SET labels = a.labels || jsonb_strip_nulls(jsonb_build_object(
    'merchant', t.merchant, 'country', t.country, 'channel', t.channel))
FROM transaction_key k JOIN transaction t
    ON t.tenant_id = k.tenant_id AND t.time = k.time AND t.transaction_id = k.transaction_id
WHERE a.source = 'transaction' AND k.tenant_id = a.tenant_id
    AND k.transaction_id = a.labels ->> 'transaction_id';
INSERT INTO incident_due (tenant_id, anomaly_id, cluster_id, window_start, window_end)
SELECT tenant_id, id, cluster_id, window_start, window_end
FROM anomaly WHERE source = 'transaction' AND node_id IS NOT NULL ORDER BY window_start;
