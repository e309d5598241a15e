package dev.vedette.detection;

import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.detection.threshold.ServiceDefaults;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdHistory;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The thresholds of tenants by revision, kept in memory: the newest, and the one asked for last of
 * the others. Which revision is the newest is looked up once a second and process; what changed
 * since is read again, the rest is carried over.
 */
@ApplicationScoped
class TenantSettings implements SettingsSource {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final int MOST_TENANTS = 10_000;

    private final ThresholdHistory history;
    private final InstantSource clock;
    private final ServiceDefaults defaults;
    private volatile Read newest;
    private volatile Read other;
    private volatile Instant readAt = Instant.MIN;

    TenantSettings(ThresholdHistory history, ServiceDefaults defaults, InstantSource clock) {
        this.history = history;
        this.defaults = defaults;
        this.clock = clock;
        this.newest = new Read(0, Map.of());
        this.other = newest;
    }

    @Override
    public Revision latest(long atLeast) {
        Read known = newest;
        return known.number >= atLeast && isFresh() ? known : refresh(atLeast);
    }

    private boolean isFresh() {
        return clock.instant().isBefore(readAt.plus(REFRESH));
    }

    private synchronized Revision refresh(long atLeast) {
        if (newest.number < atLeast || !isFresh()) {
            Instant now = clock.instant();
            long number = history.revision();
            if (number != newest.number) {
                newest = newest.next(number);
            }
            readAt = now;
        }
        return newest;
    }

    @Override
    public Revision asOf(long number) {
        if (newest.number == number) {
            return newest;
        }
        Read known = other;
        if (known.number != number) {
            known = new Read(number, Map.of());
            other = known;
        }
        return known;
    }

    /** The rules of tenants as of one revision, each read when first asked for. */
    private final class Read implements Revision {
        private final long number;
        private final Map<TenantId, TenantThresholds> tenants;

        Read(long number, Map<TenantId, TenantThresholds> tenants) {
            this.number = number;
            this.tenants = new ConcurrentHashMap<>(tenants);
        }

        Read next(long later) {
            Map<TenantId, TenantThresholds> kept = new ConcurrentHashMap<>(tenants);
            kept.keySet().removeAll(history.changed(number, later));
            return new Read(later, kept);
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public DetectionPlan of(Series series) {
            return rules(series.id().tenant()).plan(series);
        }

        @Override
        public double ofWhole(NodeKey node) {
            return rules(node.tenant()).resolve(node).threshold();
        }

        private TenantThresholds rules(TenantId tenant) {
            TenantThresholds known = tenants.get(tenant);
            if (known != null) {
                return known;
            }
            if (tenants.size() >= MOST_TENANTS) {
                tenants.clear(); // rare, and cheaper than an order of use
            }
            ThresholdHistory.TenantRules read = history.asOf(tenant, number);
            TenantThresholds rules = new TenantThresholds(read.rules(), read.zone(), defaults);
            tenants.put(tenant, rules);
            return rules;
        }
    }
}
