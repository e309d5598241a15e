-- Why: what a tenant says of its transactions: their schema, its rules, the models trained for it,
-- and what of its senders' items could not be taken.
-- Locks: nothing that holds data.

-- Every schema a tenant ever had; the highest version holds.
CREATE TABLE transaction_schema (
    tenant_id text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    body jsonb NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, version)
);

-- Every form a rule ever had. At most one draft and one published of each.
CREATE TABLE rule_version (
    tenant_id text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    state text NOT NULL CHECK (state IN ('draft', 'published', 'replaced')),
    description text NOT NULL,
    expression text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('enabled', 'shadow', 'off')),
    -- Exactly one of the two.
    score double precision CHECK (score > 0 AND score <= 1),
    outcome text CHECK (outcome IN ('approve', 'review', 'decline')),
    author text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name, version),
    CHECK ((score IS NULL) <> (outcome IS NULL))
);
CREATE UNIQUE INDEX rule_version_draft ON rule_version (tenant_id, name) WHERE state = 'draft';
CREATE UNIQUE INDEX rule_version_published ON rule_version (tenant_id, name)
    WHERE state = 'published';

-- Every model ever trained for a tenant that is still kept.
CREATE TABLE model_version (
    tenant_id text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('registered', 'shadow', 'promoted', 'retired')),
    parameters jsonb NOT NULL DEFAULT '{}',
    metrics jsonb NOT NULL DEFAULT '{}',
    artefact bytea NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name, version)
);
CREATE UNIQUE INDEX model_version_promoted ON model_version (tenant_id, name)
    WHERE state = 'promoted';
ALTER TABLE model_version ALTER COLUMN artefact SET STORAGE EXTERNAL;

-- Items that were refused, with the reason; the item is cut to its first 4 KiB.
DO $$
BEGIN
    EXECUTE $sql$
        CREATE TABLE transaction_dead_letter (
            tenant_id text NOT NULL,
            received_at timestamptz NOT NULL,
            id uuid NOT NULL DEFAULT gen_random_uuid(),
            source text NOT NULL,
            pointer text NOT NULL,
            code text NOT NULL,
            detail text NOT NULL,
            fix text NOT NULL,
            item text NOT NULL,
            PRIMARY KEY (tenant_id, received_at, id)
        )$sql$ || time_shape_clause('received_at');
    PERFORM shape_by_time('transaction_dead_letter', 'received_at');
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE
    ON transaction_schema, rule_version, model_version, transaction_dead_letter TO vedette_worker;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['transaction_schema', 'rule_version', 'model_version'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY worker ON %I TO vedette_worker USING (true) WITH CHECK (true)',
            name);
        EXECUTE format('CREATE POLICY tenant ON %I TO vedette_request'
            ' USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant())', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['transaction_schema', 'rule_version', 'model_version',
        'transaction_dead_letter'] LOOP
        EXECUTE format('CREATE VIEW scoped.%I WITH (security_barrier) AS'
            ' SELECT * FROM public.%I WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION',
            name, name);
        EXECUTE format('GRANT SELECT, INSERT ON scoped.%I TO vedette_request', name);
    END LOOP;
END
$$;
GRANT UPDATE, DELETE ON scoped.rule_version TO vedette_request;
GRANT UPDATE (state, changed_at) ON scoped.model_version TO vedette_request;
