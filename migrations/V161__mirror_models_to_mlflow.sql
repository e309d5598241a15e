-- Why: what MLflow knows of a model version, so that what it missed is told when it is back.
-- Locks: model_version for the moment of adding columns.

ALTER TABLE model_version
    -- Its number in MLflow's registry; null until it is there.
    ADD COLUMN mlflow_version text,
    -- The state MLflow was told last.
    ADD COLUMN mlflow_state text,
    -- When a worker last tried to tell it.
    ADD COLUMN mlflow_tried_at timestamptz;
CREATE OR REPLACE VIEW scoped.model_version WITH (security_barrier) AS
    SELECT * FROM public.model_version WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION;
