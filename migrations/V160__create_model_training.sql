-- Why: trainings that a schedule or a person asks for, run once whatever happens to workers; a model
-- version says why it stands where it stands, and which one decided before it.
-- Locks: model_version for the moment of adding columns.

ALTER TABLE model_version
    -- Why the state is what it is, where there is something to say.
    ADD COLUMN note text NOT NULL DEFAULT '',
    -- When somebody last had it decide; a roll-back leaves it, so that rolling back twice goes back twice.
    ADD COLUMN promoted_at timestamptz,
    -- When its volume of alerts was last looked at.
    ADD COLUMN watched_at timestamptz;
UPDATE model_version SET promoted_at = changed_at WHERE state IN ('promoted', 'retired');
CREATE INDEX model_version_by_watch ON model_version (watched_at NULLS FIRST) WHERE state = 'promoted';
CREATE OR REPLACE VIEW scoped.model_version WITH (security_barrier) AS
    SELECT * FROM public.model_version WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION;
GRANT UPDATE (promoted_at, note) ON scoped.model_version TO vedette_request;

CREATE TABLE model_training (
    tenant_id text NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed')),
    kinds text[] NOT NULL,
    share double precision NOT NULL CHECK (share > 0 AND share < 1),
    most integer NOT NULL CHECK (most > 0),
    next text NOT NULL CHECK (next IN ('register', 'shadow', 'promote')),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    -- Who works on it, and until when nobody else may.
    owner text,
    leased_until timestamptz,
    -- The version that came of it, or why none did.
    version integer,
    failure text,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX model_training_at_work ON model_training (tenant_id)
    WHERE state IN ('queued', 'running');
CREATE INDEX model_training_by_age ON model_training (tenant_id, created_at DESC, id DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON model_training TO vedette_worker;
ALTER TABLE model_training ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON model_training TO vedette_worker USING (true) WITH CHECK (true);
CREATE POLICY tenant ON model_training TO vedette_request
    USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant());
CREATE VIEW scoped.model_training WITH (security_barrier) AS
    SELECT * FROM public.model_training WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT ON scoped.model_training TO vedette_request;
