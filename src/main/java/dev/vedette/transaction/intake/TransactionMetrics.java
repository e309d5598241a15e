package dev.vedette.transaction.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** What is counted of transactions on their way in. */
@Startup
@ApplicationScoped
class TransactionMetrics {
    private final MeterRegistry registry;

    TransactionMetrics(MeterRegistry registry) {
        this.registry = registry;
        // there at zero, before the first: alerts and dashboards need it
        registry.counter("vedette_transaction_received_total");
        refused("required");
    }

    /** Counts what reading found. */
    void read(int accepted, Map<Integer, Refused> refused) {
        registry.counter("vedette_transaction_received_total").increment(accepted);
        refused.values().forEach(one -> refused(one.code()).increment());
    }

    private Counter refused(String reason) {
        return registry.counter("vedette_transaction_refused_total", "reason", reason);
    }
}
