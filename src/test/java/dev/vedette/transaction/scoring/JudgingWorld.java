package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.ModelVersion.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Settings of tenants that have said nothing but some rules. */
final class JudgingWorld {
    private JudgingWorld() {}

    static Settings settings(List<RuleVersion> rules, InstantSource clock) {
        return settings(rules, answering(ModelStore.class, "versions", List.of()), clock);
    }

    /** The same without rules, by the one of the models that is promoted when it is asked. */
    static Settings settings(
            Map<Integer, byte[]> models, AtomicInteger promoted, InstantSource clock) {
        return settings(
                models,
                () -> List.of(version(promoted.get(), State.PROMOTED, clock.instant())),
                clock);
    }

    /** The same by models in the states that they have when it is asked. */
    static Settings settings(
            Map<Integer, byte[]> models,
            Supplier<List<ModelVersion>> versions,
            InstantSource clock) {
        ModelStore store =
                proxy(
                        ModelStore.class,
                        (name, arguments) ->
                                switch (name) {
                                    case "versions" -> versions.get();
                                    case "artefact" ->
                                            Optional.ofNullable(models.get(arguments[1]));
                                    default -> throw new UnsupportedOperationException(name);
                                });
        return settings(List.of(), store, clock);
    }

    /**
     * Settings of a tenant without rules and models, by the features that hold when it is asked.
     */
    static Settings settings(Supplier<FeatureDeclarations> declared, InstantSource clock) {
        return settings(
                List.of(),
                answering(ModelStore.class, "versions", List.of()),
                proxy(
                        FeatureStore.class,
                        (_, _) ->
                                Optional.of(
                                        new FeatureStore.Stored(
                                                declared.get(), "ann", clock.instant()))),
                clock);
    }

    private static Settings settings(
            List<RuleVersion> rules, ModelStore models, InstantSource clock) {
        return settings(
                rules, models, answering(FeatureStore.class, "current", Optional.empty()), clock);
    }

    private static Settings settings(
            List<RuleVersion> rules,
            ModelStore models,
            FeatureStore features,
            InstantSource clock) {
        return new Settings(
                answering(RuleStore.class, "published", rules),
                answering(SchemaStore.class, "current", Optional.empty()),
                models,
                new ModelFiles(
                        models,
                        Executors.newVirtualThreadPerTaskExecutor(),
                        new SimpleMeterRegistry()),
                features,
                clock);
    }

    static ModelVersion version(int version, State state, Instant changedAt) {
        return new ModelVersion(
                version,
                "decision",
                state,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                "ann",
                changedAt,
                changedAt,
                "",
                Optional.empty());
    }

    /** A store that answers one question, about any tenant, and knows no other. */
    private static <T> T answering(Class<T> store, String question, Object answer) {
        return proxy(
                store,
                (name, arguments) -> {
                    if (name.equals(question) && arguments[0] instanceof TenantId) {
                        return answer;
                    }
                    throw new UnsupportedOperationException(name);
                });
    }

    private static <T> T proxy(Class<T> store, BiFunction<String, Object[], Object> answers) {
        return store.cast(
                Proxy.newProxyInstance(
                        store.getClassLoader(),
                        new Class<?>[] {store},
                        (_, method, arguments) ->
                                Uni.createFrom().item(answers.apply(method.getName(), arguments))));
    }
}
