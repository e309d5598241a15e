-- Why: a new series begins with what siblings of its metric know. What that was at its first point is kept,
-- as siblings go on learning: a replay must begin where the series began.
-- Locks: series for writes while its index is made, some seconds for a million; else nothing that holds data.

CREATE TABLE series_prior (
    series_id bigint PRIMARY KEY,
    engine text NOT NULL,
    -- How many series it was made of.
    siblings smallint NOT NULL,
    prior bytea NOT NULL
);
GRANT SELECT, INSERT, DELETE ON series_prior TO vedette_worker;

-- The siblings of a series, those of its cluster by age. Also serves what the index on the first two did.
CREATE INDEX series_by_sibling
    ON series (tenant_id, metric_name, jsonb_hash(labels), cluster_id, series_id);
DROP INDEX series_by_metric;

CREATE VIEW scoped.series_prior WITH (security_barrier) AS
    SELECT s.tenant_id, p.series_id, p.engine, p.siblings, p.prior
    FROM public.series_prior p JOIN public.series s USING (series_id)
    WHERE s.tenant_id = scoped.tenant();
GRANT SELECT ON scoped.series_prior TO vedette_request;
