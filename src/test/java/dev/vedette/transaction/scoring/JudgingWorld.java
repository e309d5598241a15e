package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.rule.RuleVersion;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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

    /** A store that answers one question, about any tenant, and knows no other. */
    private static <T> T answering(Class<T> store, String question, Object answer) {
        return store.cast(
                Proxy.newProxyInstance(
                        store.getClassLoader(),
                        new Class<?>[] {store},
                        (_, method, arguments) -> {
                            if (method.getName().equals(question)
                                    && arguments[0] instanceof TenantId) {
                                return Uni.createFrom().item(answer);
                            }
                            throw new UnsupportedOperationException(method.getName());
                        }));
    }
}
