package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards: whole, without overlaps, with questions Prometheus understands. */
final class GrafanaDashboardsTest {
    @Test
    void panelsHaveAQuestionAUnitAndAPlaceOfTheirOwn() throws IOException {
        Set<String> titles = new HashSet<>();
        for (Path file : GrafanaDashboards.files()) {
            JsonNode page = new JsonMapper().readTree(file.toFile());
            assertTrue(titles.add(page.path("title").asText()), "two with one title");
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : GrafanaDashboards.panels(file)) {
                String title = panel.path("title").asText();
                assertTrue(titles.add(file + title), () -> "two panels with one title: " + title);
                assertFalse(GrafanaDashboards.queries(panel).isEmpty(), title);
                assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isBlank(), title);
                occupy(panel.path("gridPos"), taken, title);
            }
        }
    }

    @Test
    void prometheusUnderstandsEveryQuestion(@TempDir Path folder) throws Exception {
        Promtool.assumeThere();
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int rule = 0;
        for (Path file : GrafanaDashboards.files()) {
            for (JsonNode panel : GrafanaDashboards.panels(file)) {
                for (String query : GrafanaDashboards.queries(panel)) {
                    String asked = query.replace("$__rate_interval", "5m").replace("$job", ".*");
                    rules.append(
                            "      - record: panel:%d\n        expr: %s\n"
                                    .formatted(rule++, new JsonMapper().writeValueAsString(asked)));
                }
            }
        }
        Path written = Files.writeString(folder.resolve("rules.yaml"), rules);
        Promtool.run("check", "rules", written.toString());
    }

    private static void occupy(JsonNode place, Set<String> taken, String title) {
        assertTrue(place.path("x").asInt() + place.path("w").asInt() <= 24, title);
        for (int x = 0; x < place.path("w").asInt(); x++) {
            for (int y = 0; y < place.path("h").asInt(); y++) {
                String cell = (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
                assertTrue(taken.add(cell), () -> title + " lies over another panel");
            }
        }
    }
}
