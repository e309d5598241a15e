-- Why: an hour of scores is made once it is over, not with every roll-up of one of its twelve buckets;
-- until then readers take its five-minute rows. The strangest places of an hour are found by an index.
-- Locks: rollup_hour is not written to while its indexes are built.

-- Hours with rows of rollup_score that are newer than their rows of rollup_hour, which nobody reads then.
CREATE TABLE rollup_hour_due (
    tenant_id text NOT NULL,
    hour timestamptz NOT NULL,
    -- When it is to be made: once it is over, or a while after a late row.
    make_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hour)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_hour_due TO vedette_worker;

CREATE VIEW scoped.rollup_hour_due WITH (security_barrier) AS
    SELECT * FROM public.rollup_hour_due WHERE tenant_id = scoped.tenant();
GRANT SELECT ON scoped.rollup_hour_due TO vedette_request;

CREATE INDEX rollup_hour_by_score ON rollup_hour (tenant_id, level, hour, max_score DESC);
CREATE INDEX rollup_hour_by_place ON rollup_hour (tenant_id, level, cluster_id, node_id, hour);

-- An order does not pass the barrier of scoped.rollup_hour: whoever sorts what it gives has all of it
-- read first. Has the columns of scoped.rollup_hour; replace both.
CREATE VIEW scoped.rollup_hour_strangest WITH (security_barrier) AS
    SELECT * FROM public.rollup_hour WHERE tenant_id = scoped.tenant()
    ORDER BY tenant_id, level, hour, max_score DESC;
GRANT SELECT ON scoped.rollup_hour_strangest TO vedette_request;
