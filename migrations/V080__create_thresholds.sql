-- Why: what tenants set about detection, as a history: a tick says by which revision it was judged,
-- and a replay after a crash judges by the same.
-- Locks: nothing that holds data, but for the tenants' zones, copied once (milliseconds).

-- One number line for all changes. Its row is locked to the end of the changing transaction, so
-- numbers become visible in their order: a worker that read 7 will never find a 6 it has not seen.
CREATE TABLE settings_revision (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO settings_revision (revision) VALUES (0);

-- Every form of every rule; the last of a name is the one that holds, unless it is deleted.
CREATE TABLE threshold_change (
    tenant_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    is_deleted boolean NOT NULL,
    family text,
    metric_name text,
    cluster_id text,
    node_id text,
    labels jsonb,
    threshold double precision,
    alarms_per_week double precision,
    direction text,
    min_absolute_deviation double precision,
    min_relative_deviation double precision,
    engine text,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name, revision)
);
CREATE INDEX threshold_change_by_revision ON threshold_change (revision, tenant_id);

-- The zone of a tenant's days and weeks is a setting of detection, too.
CREATE TABLE tenant_zone (
    tenant_id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    zone text NOT NULL,
    PRIMARY KEY (tenant_id, revision)
);
CREATE INDEX tenant_zone_by_revision ON tenant_zone (revision, tenant_id);
INSERT INTO tenant_zone (tenant_id, revision, zone) SELECT tenant_id, 0, zone FROM tenant;

GRANT SELECT, UPDATE ON settings_revision TO vedette_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON threshold_change, tenant_zone TO vedette_worker;

-- A second wall behind the view: a right granted on the table by mistake still shows one tenant.
ALTER TABLE threshold_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_zone ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON threshold_change TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON tenant_zone TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON threshold_change TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());

CREATE VIEW scoped.threshold_change WITH (security_barrier) AS
    SELECT * FROM public.threshold_change WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT ON scoped.threshold_change TO vedette_request;

-- The number of the change being made. A request may take one and see none of the others.
CREATE FUNCTION scoped.next_settings_revision() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
    'UPDATE public.settings_revision SET revision = revision + 1 RETURNING revision';
REVOKE ALL ON FUNCTION scoped.next_settings_revision() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scoped.next_settings_revision() TO vedette_request, vedette_worker;
