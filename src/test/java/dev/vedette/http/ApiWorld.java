package dev.vedette.http;

import dev.vedette.alerting.Setting;
import dev.vedette.alerting.SettingStore;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillStore;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.ThresholdStore;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.timescale.WorkerTransaction;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.scoring.RuleStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Two tenants: A, which owns things whose names hold {@link #SECRET}, and B, which must never see
 * that word.
 */
@Singleton
final class ApiWorld {
    static final String SECRET = "zanzibar";
    static final TenantId A = new TenantId("a-" + UUID.randomUUID());
    static final TenantId B = new TenantId("b-" + UUID.randomUUID());

    private static final String ANOMALY =
            """
            INSERT INTO anomaly (tenant_id, id, series_id, cluster_id, node_id, metric_name, shard,
                window_start, window_end, peak_at, is_open, points, anomaly_score, anomaly_label,
                kind, magnitude, confidence, severity, explanation, observed, expected, lower,
                upper, engine, engine_version, status)
            VALUES (?, ?, ?, 'zanzibar', 'n1', 'cpu', ?, now() - interval '2 minutes',
                now() - interval '1 minute', now() - interval '1 minute', false, 2, 0.9, 'spike',
                'spike', 0.9, 0.9, 'warning', 'zanzibar rose', 9, 1, 0, 2, 'ensemble', 1, 'closed')
            """;

    private static final String TRANSACTION =
            """
            WITH known AS (
                INSERT INTO transaction_key VALUES (?, 'pay-zanzibar', '2026-11-20Z', now())
            )
            INSERT INTO transaction (tenant_id, transaction_id, account_id, time, received_at,
                amount, currency, day_part, schema_version, shard, seq, decided_at, score, outcome)
            VALUES (?, 'pay-zanzibar', 'zanzibar', '2026-11-20Z', now(), 5, 'EUR', 'night', 0, 0,
                0, now(), 0.9, 'review')
            """;

    private static final String INCIDENT =
            """
            INSERT INTO incident (tenant_id, id, title, severity, score, origin_cluster,
                origin_node, origin_since, origin_weight, started_at, last_at, nodes, metrics,
                anomalies, open)
            VALUES (?, ?, 'zanzibar burns', 'warning', 0.9, 'zanzibar', 'n1', now(), 1, now(),
                now(), 1, 1, 1, 1)
            """;

    private static final String ROUTE = "{\"channels\":[\"zanzibar\"]}";
    private static final String CHANNEL =
            "{\"shown\":{\"kind\":\"email\",\"to\":[\"zanzibar@example.org\"]},\"sealed\":\"-\"}";
    private static final String SILENCE =
            "{\"matchers\":[\"cluster=zanzibar\"],\"reason\":\"zanzibar\","
                    + "\"starts_at\":\"2026-11-20T00:00:00\",\"duration_seconds\":60}";

    private final TokenIssuer issuer;
    private final TenantStore tenants;
    private final UserStore users;
    private final ApiKeyStore keys;
    private final SeriesStore series;
    private final ThresholdStore thresholds;
    private final WorkerTransaction workers;
    private final BackfillStore backfills;
    private final RuleStore rules;
    private final SettingStore settings;
    private final Map<String, String> ids;

    ApiWorld(
            TokenIssuer issuer,
            TenantStore tenants,
            UserStore users,
            ApiKeyStore keys,
            SeriesStore series,
            ThresholdStore thresholds,
            WorkerTransaction workers,
            BackfillStore backfills,
            RuleStore rules,
            SettingStore settings) {
        this.issuer = issuer;
        this.tenants = tenants;
        this.users = users;
        this.keys = keys;
        this.series = series;
        this.thresholds = thresholds;
        this.workers = workers;
        this.backfills = backfills;
        this.rules = rules;
        this.settings = settings;
        insert(A, "Tenant " + SECRET);
        insert(B, "Tenant B");
        this.ids =
                Map.ofEntries(
                        Map.entry("/api/v1/transactions", transactionOf(A)),
                        Map.entry("/api/v1/rules", ruleOf(A)),
                        Map.entry("/api/v1/api-keys", keyOf(A).id()),
                        Map.entry("/api/v1/users", userOf(A)),
                        Map.entry("/api/v1/tenants", A.value()),
                        Map.entry("/api/v1/thresholds", thresholdOf(A)),
                        Map.entry("/api/v1/anomalies", anomalyOf(A, seriesOf(A)).toString()),
                        Map.entry("/api/v1/backfills", backfillOf(A).toString()),
                        Map.entry("/api/v1/incidents", incidentOf(A).toString()),
                        Map.entry("/api/v1/routes", settingOf(A, Setting.Kind.ROUTE, ROUTE)),
                        Map.entry("/api/v1/channels", settingOf(A, Setting.Kind.CHANNEL, CHANNEL)),
                        Map.entry("/api/v1/silences", settingOf(A, Setting.Kind.SILENCE, SILENCE)));
    }

    /** The id of something of tenant A below that route; of nothing for routes without. */
    String idOf(String path) {
        return ids.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** The path with its parameters filled in by ids of tenant A. */
    String filled(String path) {
        return path.replaceAll("\\{[^}]+}", idOf(path));
    }

    /** A token of that tenant and role; of no tenant for platform-admin. */
    String token(TenantId tenant, Role role) {
        boolean isPlatform = role == Role.PLATFORM_ADMIN;
        Caller caller =
                new Caller(
                        isPlatform ? Optional.empty() : Optional.of(tenant),
                        "tester",
                        Set.of(role),
                        Caller.Credential.TOKEN);
        return issuer.token(caller, Instant.now(), Duration.ofHours(1));
    }

    /** A live API key of that tenant: its secret's text. */
    ApiKeySecret keyOf(TenantId tenant, Role... roles) {
        return keyUntil(tenant, Optional.empty(), roles);
    }

    /** The same with an expiry. */
    ApiKeySecret keyUntil(TenantId tenant, Optional<Instant> expiresAt, Role... roles) {
        ApiKeySecret secret = ApiKeySecret.generate();
        ApiKey key =
                new ApiKey(
                        secret.id(),
                        tenant,
                        "key " + SECRET,
                        roles.length == 0 ? Set.of(Role.INGEST) : Set.of(roles),
                        SECRET,
                        Instant.now(),
                        expiresAt,
                        Optional.empty(),
                        Optional.empty());
        keys.insert(new ApiKeyStore.Stored(key, secret.hash())).await().indefinitely();
        return secret;
    }

    /** Another tenant, with nothing in it. */
    TenantId newTenant() {
        TenantId id = new TenantId("t-" + UUID.randomUUID());
        insert(id, "Another");
        return id;
    }

    private String userOf(TenantId tenant) {
        User user = new User(tenant, "user-" + SECRET, Role.VIEWER, false, Instant.now());
        users.insert(new UserStore.Stored(user, "no-hash")).await().indefinitely();
        return user.name();
    }

    private String thresholdOf(TenantId tenant) {
        ThresholdFields fields =
                new ThresholdFields(
                        Optional.of(0.7),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        thresholds
                .put(
                        tenant,
                        new ThresholdStore.Change(
                                SECRET, ThresholdScope.TENANT, fields, SECRET, Instant.now()),
                        OptionalLong.empty(),
                        10)
                .await()
                .indefinitely();
        return SECRET;
    }

    private String settingOf(TenantId tenant, Setting.Kind kind, String document) {
        settings.put(
                        tenant,
                        new SettingStore.Change(kind, SECRET, document, SECRET, Instant.now()),
                        OptionalLong.empty(),
                        10)
                .await()
                .indefinitely();
        return SECRET;
    }

    private Series seriesOf(TenantId tenant) {
        SeriesKey key = new SeriesKey(tenant, SECRET, "n1", "cpu", Labels.NONE);
        return series.findOrCreate(
                        tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 10)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    private String transactionOf(TenantId tenant) {
        workers.await(connection -> {
            try (var insert = connection.prepareStatement(TRANSACTION)) {
                insert.setString(1, tenant.value());
                insert.setString(2, tenant.value());
                return insert.executeUpdate();
            }
        });
        return "pay-" + SECRET;
    }

    private String ruleOf(TenantId tenant) {
        Rule rule =
                new Rule(SECRET, SECRET, "amount > 1", RuleMode.ENABLED, new RuleEffect.Score(1));
        rules.draft(tenant, rule, SECRET, Instant.now()).await().indefinitely();
        return SECRET;
    }

    private UUID incidentOf(TenantId tenant) {
        UUID id = UUID.randomUUID();
        workers.await(connection -> {
            try (var insert = connection.prepareStatement(INCIDENT)) {
                insert.setString(1, tenant.value());
                insert.setObject(2, id);
                return insert.executeUpdate();
            }
        });
        return id;
    }

    private UUID anomalyOf(TenantId tenant, Series of) {
        UUID id = UUID.randomUUID();
        workers.await(connection -> {
            try (var insert = connection.prepareStatement(ANOMALY)) {
                insert.setString(1, tenant.value());
                insert.setObject(2, id);
                insert.setLong(3, of.id().value());
                insert.setInt(4, of.shard());
                return insert.executeUpdate();
            }
        });
        return id;
    }

    private UUID backfillOf(TenantId tenant) {
        Backfill backfill =
                new Backfill(
                        tenant,
                        UUID.randomUUID(),
                        new Backfill.Request(
                                new SeriesDirectory.Filter(
                                        Optional.of(SECRET),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of()),
                                List.of(),
                                new TimeRange(
                                        Instant.parse("2026-11-01T00:00:00Z"),
                                        Instant.parse("2026-11-02T00:00:00Z")),
                                Optional.empty(),
                                Backfill.Overrides.NONE,
                                Optional.empty(),
                                false,
                                Backfill.Reason.REQUEST),
                        Optional.empty(),
                        SECRET,
                        Instant.now(),
                        Backfill.Progress.queued(1));
        return backfills.create(backfill, 100).await().indefinitely().orElseThrow().id();
    }

    private void insert(TenantId id, String name) {
        tenants.insert(new Tenant(id, name, ZoneOffset.UTC, TenantLimits.DEFAULT, Instant.now()))
                .await()
                .indefinitely();
    }
}
