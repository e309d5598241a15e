-- Why: a node that stands apart from the others of its cluster is an anomaly. Ticks keep where nodes stood in their latest five
-- minutes, a job compares them once per cluster and five minutes.
-- Locks: anomaly for writes while its small index is made, some seconds for millions of rows; else nothing that holds data.

CREATE TABLE node_level (
    tenant_id text NOT NULL,
    cluster_id text NOT NULL,
    node_id text NOT NULL,
    -- Start of the five minutes.
    bucket timestamptz NOT NULL,
    -- Aligned. Rates are NaN for what fell.
    series_ids bigint[] NOT NULL,
    means real[] NOT NULL,
    rates real[] NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id, node_id)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON node_level TO vedette_worker;

-- Apart from node_level, which ticks write: they and the job never wait for each other.
CREATE TABLE peer_standing (
    tenant_id text NOT NULL,
    cluster_id text NOT NULL,
    node_id text NOT NULL,
    -- dev.vedette.detection.PeerStanding
    standing bytea NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id, node_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON peer_standing TO vedette_worker;

-- The bucket that was compared last, of each cluster.
CREATE TABLE peer_comparison (
    tenant_id text NOT NULL,
    cluster_id text NOT NULL,
    bucket timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON peer_comparison TO vedette_worker;

-- The number of the last comparison that anomaly_change tells of. Who raises it holds its lock to the commit, so that numbers
-- become visible in their order.
CREATE TABLE peer_line (
    told bigint NOT NULL
);
INSERT INTO peer_line VALUES (0);
GRANT SELECT, UPDATE ON peer_line TO vedette_worker;

-- What a roll-up asks for: who stood apart in a bucket.
CREATE INDEX anomaly_of_peers ON anomaly (tenant_id, window_start) WHERE engine = 'peers';
