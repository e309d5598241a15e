-- Why: a process says in its readiness which version the database is at, when it needs a newer one.
-- Locks: nothing that holds data.
--
-- As the owner: the service's login reads no table of its own right, and the history is no secret.
CREATE FUNCTION schema_version() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
    SELECT max(version::integer) FROM public.flyway_schema_history WHERE success
$$;
