package dev.vedette.ingestion;

import java.util.Locale;

/** The ways in over HTTP. */
public enum IngestionProtocol {
    /** {@code POST /api/v1/metrics}. */
    JSON,
    /** Prometheus remote write. */
    REMOTE_WRITE,
    /** OpenTelemetry's protocol over HTTP. */
    OTLP,
    /** InfluxDB line protocol. */
    INFLUX;

    /** Its name in metric labels. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
