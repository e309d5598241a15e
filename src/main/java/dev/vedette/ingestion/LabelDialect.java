package dev.vedette.ingestion;

import java.util.List;
import java.util.Locale;

/** Senders that name their series by labels alone, each with its own habit of naming places. */
public enum LabelDialect {
    /** Prometheus remote write. */
    PROMETHEUS(new LabelMapping(List.of("cluster"), List.of("instance"), "default", "all")),
    /** OpenTelemetry resource and data point attributes. */
    OPENTELEMETRY(
            new LabelMapping(
                    List.of("k8s.cluster.name"),
                    List.of("k8s.node.name", "host.name", "service.name"),
                    "default",
                    "all")),
    /** InfluxDB line protocol, as Telegraf writes it. */
    INFLUX(new LabelMapping(List.of("cluster"), List.of("host"), "default", "all"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of copied lists
    private final LabelMapping usual;

    LabelDialect(LabelMapping usual) {
        this.usual = usual;
    }

    /** The mapping of a tenant that set none. */
    public LabelMapping usual() {
        return usual;
    }

    /** Its name in the API, in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
