-- Why: tenants, the people and the API keys that act for them.
-- Locks: nothing that holds data.

-- Of the platform, not of a tenant: the request role does not see it at all.
CREATE TABLE tenant (
    -- "C": pages go by the order the service sorts texts in.
    tenant_id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    zone text NOT NULL,
    max_series integer NOT NULL,
    max_points_per_second integer NOT NULL,
    retention_seconds bigint NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE app_user (
    tenant_id text COLLATE "C" NOT NULL REFERENCES tenant,
    name text COLLATE "C" NOT NULL,
    role text NOT NULL,
    is_disabled boolean NOT NULL,
    -- bcrypt, modular crypt form
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
-- Sign-in knows the name only.
CREATE INDEX app_user_by_name ON app_user (name);

CREATE TABLE api_key (
    tenant_id text COLLATE "C" NOT NULL REFERENCES tenant,
    key_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    roles text[] NOT NULL,
    -- SHA-256 of the secret
    hash bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, key_id),
    -- Authentication knows the id only.
    UNIQUE (key_id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tenant, app_user, api_key TO vedette_worker;

-- A second wall behind the views: a right granted on the table by mistake still shows one tenant.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON tenant TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON app_user TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON api_key TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON tenant TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE POLICY tenant ON app_user TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE POLICY tenant ON api_key TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());

CREATE VIEW scoped.app_user WITH (security_barrier) AS
    SELECT * FROM public.app_user WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
CREATE VIEW scoped.api_key WITH (security_barrier) AS
    SELECT * FROM public.api_key WHERE tenant_id = scoped.tenant()
    WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON scoped.app_user, scoped.api_key TO vedette_request;
