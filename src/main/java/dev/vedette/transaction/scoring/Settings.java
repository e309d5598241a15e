package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.RuleCompiler;
import dev.vedette.transaction.rule.RuleSet;
import dev.vedette.transaction.rule.RuleVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the tenants whose transactions are judged, kept in memory and read again in the
 * background, so that a published rule or a new schema holds within seconds and nobody waits for
 * it. Thread-safe; the first question about a tenant blocks.
 */
@ApplicationScoped
public class Settings {
    private static final Logger LOG = Logger.getLogger(Settings.class);
    private static final Duration LIFE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /** Most models that judge a tenant's transactions in each state. */
    private static final int MOST_MODELS = 3;

    private final RuleStore rules;
    private final SchemaStore schemas;
    private final FeatureStore features;
    private final ModelStore models;
    private final ModelFiles files;
    private final InstantSource clock;
    private final Map<TenantId, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(JudgingSettings settings, Instant readAt, AtomicBoolean isBeingRead) {}

    Settings(
            RuleStore rules,
            SchemaStore schemas,
            ModelStore models,
            ModelFiles files,
            FeatureStore features,
            InstantSource clock) {
        this.models = models;
        this.files = files;
        this.rules = rules;
        this.schemas = schemas;
        this.features = features;
        this.clock = clock;
    }

    /** The tenant's settings, a few seconds old at most while it has transactions. */
    public JudgingSettings of(TenantId tenant) {
        Entry entry = entries.get(tenant);
        if (entry == null) {
            return read(tenant, null);
        }
        boolean isOld = entry.readAt.plus(LIFE).isBefore(clock.instant());
        if (isOld && entry.isBeingRead.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> refresh(tenant, entry));
        }
        return entry.settings;
    }

    /** Forgets the tenant's, so that the next question reads them again. */
    public void forget(TenantId tenant) {
        entries.remove(tenant);
    }

    private void refresh(TenantId tenant, Entry old) {
        try {
            read(tenant, old.settings);
        } catch (RuntimeException e) {
            // What is known goes on to hold; the next question tries again.
            LOG.debugf(e, "settings not read tenant=%s", tenant);
            old.isBeingRead.set(false);
        }
    }

    private JudgingSettings read(TenantId tenant, @Nullable JudgingSettings old) {
        TransactionSchema schema =
                schemas.current(tenant)
                        .await()
                        .atMost(PATIENCE)
                        .map(SchemaStore.Stored::schema)
                        .orElse(TransactionSchema.OPEN);
        FeatureDeclarations declared =
                features.current(tenant)
                        .await()
                        .atMost(PATIENCE)
                        .map(FeatureStore.Stored::declared)
                        .orElse(FeatureDeclarations.STANDARD);
        List<RuleVersion> published = rules.published(tenant).await().atMost(PATIENCE);
        boolean isSeenAlike = old != null && old.features().equals(declared);
        List<JudgingSettings.Model> known =
                old == null || !isSeenAlike
                        ? List.of()
                        : Stream.concat(old.model().stream(), old.shadows().stream()).toList();
        List<ModelVersion> versions = models.versions(tenant).await().atMost(PATIENCE);
        RuleSet compiled =
                old != null
                                && isSeenAlike
                                && old.schema().equals(schema)
                                && old.published().equals(published)
                        ? old.rules()
                        : compile(tenant, schema, declared.set(), published);
        JudgingSettings settings =
                new JudgingSettings(
                        schema,
                        declared,
                        published,
                        compiled,
                        promoted(
                                tenant,
                                declared.set(),
                                versions,
                                old == null || !isSeenAlike ? Optional.empty() : old.model(),
                                known),
                        shadows(tenant, declared.set(), versions, known));
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        entries.put(tenant, new Entry(settings, clock.instant(), new AtomicBoolean()));
        return settings;
    }

    private RuleSet compile(
            TenantId tenant,
            TransactionSchema schema,
            FeatureSet declared,
            List<RuleVersion> published) {
        return RuleSet.of(
                published,
                new RuleCompiler(FactSheet.names(schema, declared.names())),
                (version, e) ->
                        LOG.warnf(
                                "rule no longer fits the schema tenant=%s rule=%s: %s",
                                tenant, version.rule().name(), e.getMessage()));
    }

    /**
     * The promoted model. When it cannot be read, the one that decided until now goes on, or in a
     * process that has just started the newest of those that decided before.
     */
    private Optional<JudgingSettings.Model> promoted(
            TenantId tenant,
            FeatureSet declared,
            List<ModelVersion> versions,
            Optional<JudgingSettings.Model> until,
            List<JudgingSettings.Model> known) {
        Optional<ModelVersion> wanted =
                versions.stream()
                        .filter(one -> one.state() == ModelVersion.State.PROMOTED)
                        .findFirst();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return wanted.flatMap(one -> loaded(tenant, declared, one, known))
                .or(() -> until)
                .or(() ->
                        versions.stream()
                                .filter(one -> one.state() == ModelVersion.State.RETIRED)
                                .sorted(Comparator.comparing(ModelVersion::changedAt).reversed())
                                .limit(MOST_MODELS)
                                .flatMap(one -> loaded(tenant, declared, one, known).stream())
                                .findFirst());
    }

    private List<JudgingSettings.Model> shadows(
            TenantId tenant,
            FeatureSet declared,
            List<ModelVersion> versions,
            List<JudgingSettings.Model> known) {
        return versions.stream()
                .filter(one -> one.state() == ModelVersion.State.SHADOW)
                .limit(MOST_MODELS)
                .flatMap(one -> loaded(tenant, declared, one, known).stream())
                .toList();
    }

    private Optional<JudgingSettings.Model> loaded(
            TenantId tenant,
            FeatureSet declared,
            ModelVersion version,
            List<JudgingSettings.Model> known) {
        return known.stream()
                .filter(model -> model.version() == version.version())
                .findFirst()
                .or(() ->
                        files.load(tenant, version.version(), declared)
                                .map(model ->
                                        new JudgingSettings.Model(
                                                version.version(),
                                                model,
                                                model.recentStrangeness())));
    }

    /**
     * A model of the tenant for rows of those features, whatever its state; empty when there is
     * none of that version or it cannot be read. Blocking.
     */
    Optional<DecisionModel> model(TenantId tenant, int version, FeatureSet features) {
        return files.load(tenant, version, features);
    }
}
