package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows: nothing unpinned runs, and nothing may more than it needs. */
final class WorkflowsTest {
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40}");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsPinnedByItsDigest(Path file) throws IOException {
        for (JsonNode use : read(file).findValues("uses")) {
            String action = use.asText();
            assertTrue(
                    action.startsWith("./") || PINNED.matcher(action).matches(),
                    () -> file + " runs " + action);
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void rightsAreReadOnlyUnlessAJobNamesMore(Path file) throws IOException {
        assertEquals("{\"contents\":\"read\"}", read(file).path("permissions").toString());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void jobsEndAndCheckoutsKeepNoCredential(Path file) throws IOException {
        for (JsonNode job : read(file).path("jobs")) {
            assertTrue(job.has("timeout-minutes") || job.has("uses"), () -> "no end: " + job);
            for (JsonNode step : job.path("steps")) {
                if (step.path("uses").asText().startsWith("actions/checkout@")) {
                    assertFalse(
                            step.at("/with/persist-credentials").asBoolean(true), file::toString);
                }
            }
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return HelmChart.documents(Files.readString(file)).getFirst();
    }
}
