package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every value of the chart is described, where people and where tools look. */
final class ChartDescriptionTest {
    /** Values that hold a structure of Kubernetes or of the user, told as a whole. */
    private static final List<String> WHOLE =
            List.of("resources", "egress", "apiFrom", "metricsFrom", "labels");

    @Test
    void schemaIsClosedAndDescribesEveryValue() throws IOException {
        JsonNode schema =
                new JsonMapper().readTree(HelmChart.FOLDER.resolve("values.schema.json").toFile());
        check("", schema);
        schema.path("$defs").propertyStream().forEach(d -> check(d.getKey(), d.getValue()));
    }

    @Test
    void readmeNamesEveryValue() throws IOException {
        String readme = Files.readString(HelmChart.FOLDER.resolve("README.md"));
        String values = Files.readString(HelmChart.FOLDER.resolve("values.yaml"));
        name("", HelmChart.documents(values).getFirst(), readme);
    }

    @Test
    void documentsLinkOnlyWhatIsThere() throws IOException {
        for (Path page :
                List.of(
                        HelmChart.FOLDER.resolve("README.md"),
                        Path.of("docs/operations/install.md"),
                        Path.of("docs/operations/upgrade.md"),
                        Path.of("docs/operations/runbooks.md"),
                        Path.of("docs/configuration.md"))) {
            Pattern.compile("]\\(([^)#]+)")
                    .matcher(Files.readString(page))
                    .results()
                    .map(link -> page.resolveSibling(link.group(1)))
                    .forEach(target -> assertTrue(Files.exists(target), page + " -> " + target));
        }
    }

    private static void check(String path, JsonNode schema) {
        if (schema.has("$ref")) {
            return;
        }
        assertFalse(schema.path("description").asText().isBlank(), "no description: " + path);
        if (schema.has("properties")) {
            assertFalse(schema.path("additionalProperties").asBoolean(true), "open: " + path);
            schema.path("properties")
                    .propertyStream()
                    .forEach(p -> check(path + "/" + p.getKey(), p.getValue()));
        }
    }

    private static void name(String path, JsonNode values, String readme) {
        values.propertyStream()
                .forEach(value -> {
                    String key = path + value.getKey();
                    boolean deeper =
                            value.getValue().isObject()
                                    && !value.getValue().isEmpty()
                                    && !WHOLE.contains(value.getKey());
                    if (deeper) {
                        name(key + ".", value.getValue(), readme);
                    } else {
                        String shown = key.replaceFirst("^(api|worker|notifier)\\.", "<role>.");
                        assertTrue(readme.contains("`" + shown + "`"), shown);
                    }
                });
    }
}
