package dev.vedette.transaction.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.ModelVersion.State;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a real MLflow server makes of what it is told. */
@EnabledIfEnvironmentVariable(named = MlflowServer.PYTHON, matches = ".+")
final class MlflowRegistryIT {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final MlflowServer SERVER = new MlflowServer();

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final MlflowClient client = client(MlflowServer.url(""));
    private final MlflowRegistry registry = new MlflowRegistry(client, "vedette");

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static MlflowClient client(String url) {
        MlflowConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(MlflowConfig.class)
                        .withDefaultValue("vedette.mlflow.timeout", "PT3M")
                        .build()
                        .getConfigMapping(MlflowConfig.class);
        return new MlflowClient(URI.create(url), config);
    }

    private static ModelVersion version(int number, State state) {
        return new ModelVersion(
                number,
                "decision",
                state,
                new TreeMap<>(Map.of("models", "ecod")),
                new TreeMap<>(Map.of("alert_share", 0.01)),
                "ann",
                NOW,
                NOW,
                "",
                Optional.empty());
    }

    private Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        client.get("registered-models/get", Map.of("name", "vedette." + tenant.value()))
                .orElseThrow()
                .at("/registered_model/aliases")
                .forEach(one ->
                        aliases.put(one.path("alias").asText(), one.path("version").asText()));
        return aliases;
    }

    private void tell(int number, State state) {
        registry.tell(tenant, version(number, state), Integer.toString(number), NOW);
    }

    @Test
    void versionRegisteredTwiceIsThereOnceAndAliasesFollowItsState() {
        byte[] file = {1, 2, 3};
        assertEquals("1", registry.register(tenant, version(1, State.REGISTERED), file));
        assertEquals("1", registry.register(tenant, version(1, State.REGISTERED), file));
        assertEquals("2", registry.register(tenant, version(2, State.REGISTERED), file));
        assertEquals(Map.of(), aliases());
        tell(1, State.PROMOTED);
        tell(2, State.SHADOW);
        assertEquals(Map.of("champion", "1", "challenger", "2"), aliases());
        tell(1, State.RETIRED);
        tell(2, State.PROMOTED);
        assertEquals(Map.of("champion", "2"), aliases());
        tell(1, State.PROMOTED);
        tell(2, State.RETIRED);
        assertEquals(Map.of("champion", "1"), aliases());
    }

    @Test
    void serverThatIsAwayIsToldOfByItsFailure() {
        MlflowRegistry away = new MlflowRegistry(client("http://127.0.0.1:1"), "vedette");
        assertThrows(
                MlflowException.class,
                () -> away.register(tenant, version(1, State.REGISTERED), new byte[1]));
    }
}
