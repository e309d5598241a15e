package dev.vedette.promql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboards for tenants ask what is answered. */
final class TenantDashboardsTest {
    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("helm/vedette/files/tenant-dashboards"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyQuestionIsUnderstood() throws IOException {
        assertEquals(2, files().size());
        for (Path file : files()) {
            JsonNode board = new JsonMapper().readTree(file.toFile());
            assertFalse(board.path("panels").isEmpty(), file.toString());
            for (JsonNode panel : board.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String query = target.path("expr").asText().replaceAll("\\$\\w+", "x");
                    assertDoesNotThrow(() -> Parser.parse(query), query);
                }
            }
        }
    }
}
