package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Schemathesis makes up calls of every operation from the API's own description: no answer is a
 * fault of the service, and none is other than described.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIfEnvironmentVariable(named = SchemathesisIT.PYTHON, matches = ".+")
final class SchemathesisIT {
    /** Names a Python with schemathesis, see {@code src/test/scripts/venv.sh}. */
    static final String PYTHON = "VEDETTE_TEST_SCHEMATHESIS";

    /** It keeps notes of crashes where it runs. */
    private static final Path FOLDER = Path.of("target");

    private static final Path LOG = FOLDER.resolve("schemathesis.log");
    private static final String SEED = "20261122";

    /** About a minute and a half on an idle machine. */
    private static final long MINUTES = 15;

    private final ApiWorld world;

    SchemathesisIT(ApiWorld world) {
        this.world = world;
    }

    @Test
    void administratorsOfATenantGetNoFaultAndNothingUndescribed() throws Exception {
        // the stream has no end, and a test of a channel would call another machine
        run(
                world.token(ApiWorld.A, Role.ADMIN),
                "--exclude-path",
                "/api/v1/events",
                "--exclude-path-regex",
                "/test$");
    }

    @Test
    void administratorsOfThePlatformGetNoFaultAndNothingUndescribed() throws Exception {
        run(
                world.token(ApiWorld.A, Role.PLATFORM_ADMIN),
                "--include-path-regex",
                "^/api/v1/(tenants|session|audit|retention|admin)");
    }

    private static void run(String credential, String... choice)
            throws IOException, InterruptedException {
        Path python = Path.of(System.getenv(PYTHON));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                python.toAbsolutePath().resolveSibling("schemathesis").toString(),
                                "run",
                                "http://127.0.0.1:" + RestAssured.port + "/q/openapi",
                                "--checks",
                                "not_a_server_error,status_code_conformance,"
                                        + "content_type_conformance,response_headers_conformance,"
                                        + "response_schema_conformance",
                                "--phases",
                                "examples,coverage,fuzzing",
                                "--max-examples",
                                "3",
                                "--seed",
                                SEED,
                                "--request-timeout",
                                "30",
                                "--generation-database",
                                "none",
                                "--no-shrink",
                                "--no-color",
                                "-H",
                                "Authorization: Bearer " + credential));
        command.addAll(List.of(choice));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SCHEMATHESIS_HOOKS", "hooks");
        builder.environment()
                .put("PYTHONPATH", Path.of("src/test/schemathesis").toAbsolutePath().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.directory(FOLDER.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(LOG.toFile());
        Process process = builder.start();
        try {
            assertTrue(
                    process.waitFor(MINUTES, TimeUnit.MINUTES),
                    "not done after " + MINUTES + " minutes; its words are in " + LOG);
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), SchemathesisIT::findings);
    }

    // what it found begins with the first heading; a traceback of its own may be very long
    private static String findings() {
        try (var lines = Files.lines(LOG)) {
            return lines.dropWhile(line -> !line.startsWith("====") || line.contains("starts"))
                    .map(line -> line.substring(0, Math.min(200, line.length())))
                    .limit(300)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "no " + LOG + ": " + e;
        }
    }
}
