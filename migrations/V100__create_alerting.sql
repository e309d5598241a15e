-- Why: telling people: routes, channels and silences, what was told, and what is still to be told.
-- Locks: incident, for as long as a trigger takes; there are few rows.

-- So that a setting that is deleted and made again never has an entity tag it had before.
CREATE SEQUENCE alert_setting_revision;
GRANT USAGE ON SEQUENCE alert_setting_revision TO vedette_request;

-- What a tenant sets about alerting, each as the document the API takes. A channel's document holds
-- its secrets encrypted only.
CREATE TABLE alert_setting (
    tenant_id text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('route', 'channel', 'silence')),
    name text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    document text NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, name)
);

-- Incidents that changed and that nobody has looked at for alerts: the outbox of changes, written in
-- the transaction that changes the incident. Only added and deleted by number, so that whoever
-- changes an incident never waits.
CREATE TABLE alert_due (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id text NOT NULL,
    incident_id uuid NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now()
);

-- What one route has told of one incident, or of those that share a message.
CREATE TABLE alert (
    tenant_id text NOT NULL,
    route text NOT NULL,
    -- The incident's id where the route groups by nothing.
    grp text NOT NULL,
    is_grouped boolean NOT NULL,
    incidents uuid[] NOT NULL,
    phase text NOT NULL CHECK (phase IN ('pending', 'firing', 'resolved', 'passed')),
    revision integer NOT NULL,
    since timestamptz NOT NULL,
    opened_at timestamptz,
    loud_at timestamptz,
    told_at timestamptz,
    over_at timestamptz,
    is_escalated boolean NOT NULL,
    told text NOT NULL,
    held text,
    look_at timestamptz,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, route, grp)
);
CREATE INDEX alert_by_incident ON alert USING gin (incidents);
CREATE INDEX alert_by_look ON alert (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX alert_by_age ON alert (changed_at);

-- Messages, each to one channel: what is to be sent, and what became of it.
CREATE TABLE alert_delivery (
    tenant_id text NOT NULL,
    -- Made from route, group, revision and channel: the idempotency key of every try.
    id uuid NOT NULL,
    -- One channel hears of one alert in this order, one message at a time.
    seq bigint GENERATED ALWAYS AS IDENTITY,
    route text NOT NULL,
    grp text NOT NULL,
    channel text NOT NULL,
    incident_id uuid NOT NULL,
    event text NOT NULL,
    revision integer NOT NULL,
    facts jsonb NOT NULL,
    planned_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'delivered', 'failed', 'superseded')),
    -- Tries begun, and when the next may.
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    -- Since when it is tried: a replay by hand begins anew.
    first_at timestamptz,
    -- Who sends it, and until when nobody else may; the number tells one lease from the next.
    owner text,
    leased_until timestamptz,
    epoch bigint NOT NULL DEFAULT 0,
    -- The last answer of the other side.
    code integer,
    said text,
    reference text,
    answered_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alert_delivery_due ON alert_delivery (next_at) WHERE state = 'due';
CREATE INDEX alert_delivery_of_alert ON alert_delivery (tenant_id, route, grp, channel, seq);
CREATE INDEX alert_delivery_by_age ON alert_delivery (tenant_id, seq DESC);
CREATE INDEX alert_delivery_by_incident ON alert_delivery (tenant_id, incident_id, seq);
CREATE INDEX alert_delivery_by_channel ON alert_delivery (tenant_id, channel)
    WHERE state = 'due';

-- How each channel does: what tells a dead route.
CREATE TABLE alert_channel_state (
    tenant_id text NOT NULL,
    channel text NOT NULL,
    delivered_at timestamptz,
    failed_at timestamptz,
    -- Tries in a row that failed.
    failures integer NOT NULL DEFAULT 0,
    code integer,
    said text,
    PRIMARY KEY (tenant_id, channel)
);

-- The request's role changes incidents, too, and may not write marks itself.
CREATE FUNCTION mark_alert_due() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.alert_due (tenant_id, incident_id) VALUES (NEW.tenant_id, NEW.id);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION mark_alert_due() FROM PUBLIC;
CREATE TRIGGER incident_marks_alert AFTER INSERT ON incident
    FOR EACH ROW EXECUTE FUNCTION mark_alert_due();
CREATE TRIGGER incident_change_marks_alert AFTER UPDATE ON incident
    FOR EACH ROW WHEN (OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION mark_alert_due();

GRANT SELECT, INSERT, UPDATE, DELETE
    ON alert_setting, alert_due, alert, alert_delivery, alert_channel_state TO vedette_worker;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY
        ARRAY['alert_setting', 'alert', 'alert_delivery', 'alert_channel_state'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY worker ON %I TO vedette_worker USING (true) WITH CHECK (true)', name);
        EXECUTE format('CREATE POLICY tenant ON %I TO vedette_request'
            ' USING (tenant_id = scoped.tenant()) WITH CHECK (tenant_id = scoped.tenant())', name);
        EXECUTE format('CREATE VIEW scoped.%I WITH (security_barrier) AS'
            ' SELECT * FROM public.%I WHERE tenant_id = scoped.tenant() WITH LOCAL CHECK OPTION',
            name, name);
        EXECUTE format('GRANT SELECT ON scoped.%I TO vedette_request', name);
    END LOOP;
END
$$;
GRANT INSERT, UPDATE, DELETE ON scoped.alert_setting TO vedette_request;
GRANT UPDATE (state, attempts, next_at, first_at, owner, leased_until, epoch)
    ON scoped.alert_delivery TO vedette_request;
