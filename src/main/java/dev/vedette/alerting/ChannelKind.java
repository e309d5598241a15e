package dev.vedette.alerting;

import java.util.Locale;

/** A way on which messages leave the service. */
public enum ChannelKind {
    /** Mail over SMTP. */
    EMAIL,
    /** Slack, by an incoming webhook or as a bot. */
    SLACK,
    /** A signed POST to any URL, as Standard Webhooks 1.0.0 says. */
    WEBHOOK,
    /** PagerDuty, Events API v2. */
    PAGERDUTY,
    /** Prometheus Alertmanager, API v2. */
    ALERTMANAGER,
    /** A POST of a CloudEvents 1.0 event in structured JSON. */
    CLOUDEVENTS;

    /** The kind in the API, the database and metrics: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
