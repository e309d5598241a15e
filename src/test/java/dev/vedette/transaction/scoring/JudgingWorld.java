package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.rule.RuleVersion;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Settings of tenants that have said nothing but some rules. */
final class JudgingWorld {
    private JudgingWorld() {}

    static Settings settings(List<RuleVersion> rules, InstantSource clock) {
        return new Settings(
                answering(RuleStore.class, "published", rules),
                answering(SchemaStore.class, "current", Optional.empty()),
                answering(ModelStore.class, "versions", List.of()),
                new Features(),
                clock);
    }

    /** The same without rules, by the one of the models that is promoted when it is asked. */
    static Settings settings(
            Map<Integer, byte[]> models, AtomicInteger promoted, InstantSource clock) {
        ModelStore store =
                proxy(
                        ModelStore.class,
                        (name, arguments) ->
                                switch (name) {
                                    case "versions" ->
                                            List.of(promoted(promoted.get(), clock.instant()));
                                    case "artefact" ->
                                            Optional.ofNullable(models.get(arguments[1]));
                                    default -> throw new UnsupportedOperationException(name);
                                });
        return new Settings(
                answering(RuleStore.class, "published", List.of()),
                answering(SchemaStore.class, "current", Optional.empty()),
                store,
                new Features(),
                clock);
    }

    private static ModelVersion promoted(int version, Instant at) {
        return new ModelVersion(
                version,
                "decision",
                ModelVersion.State.PROMOTED,
                Collections.emptySortedMap(),
                "ann",
                at,
                at);
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
