package dev.vedette.packaging;

import static dev.vedette.packaging.HelmChart.ofKind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting of docs/configuration.md can be given to pods through the chart. */
final class ChartSettingsTest {
    /** Those that cannot, and why a pod has no use for them. */
    private static final Map<String, String> NOT_OF_PODS =
            Map.of(
                    "VEDETTE_JAVA_OPTIONS", "read by the script ./vedette, which no image has",
                    "VEDETTE_TOKEN", "of the command smoke: smokeTest.apiKey");

    private static final Pattern ROW = Pattern.compile("(?m)^\\|.*?`(VEDETTE_[A-Z0-9_<>]+)`");
    private static final Pattern SECRET =
            Pattern.compile(".*_(TOKEN|PASSWORD|SECRET|JAAS_CONFIG)$");

    @TempDir Path folder;

    @Test
    void everySettingReachesThePods() throws IOException {
        String templates = templates();
        Set<String> others = new TreeSet<>(settings());
        assertTrue(others.size() > 100, "the page was not read");
        assertTrue(others.removeAll(NOT_OF_PODS.keySet()));
        others.removeIf(name -> isSetByAValue(name, templates));
        others = others.stream().map(n -> n.replace("<NAME>", "A")).collect(Collectors.toSet());
        Map<Boolean, Set<String>> bySecrecy =
                others.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        SECRET.asMatchPredicate(), Collectors.toSet()));
        List<JsonNode> objects = new HelmChart(folder.resolve("chart")).render(values(bySecrecy));
        JsonNode data = ofKind(objects, "ConfigMap").getFirst().path("data");
        for (String name : bySecrecy.get(false)) {
            assertEquals("1", data.path(name).asText(), name);
        }
        for (JsonNode deployment : ofKind(objects, "Deployment")) {
            Set<String> given = new TreeSet<>();
            for (JsonNode one : deployment.at("/spec/template/spec/containers/0/env")) {
                if (one.at("/valueFrom/secretKeyRef/name").asText().equals("kept")) {
                    given.add(one.path("name").asText());
                }
            }
            assertEquals(new TreeSet<>(bySecrecy.get(true)), given);
        }
    }

    private Path values(Map<Boolean, Set<String>> bySecrecy) throws IOException {
        StringBuilder values = new StringBuilder("settings:\n");
        bySecrecy.get(false).forEach(n -> values.append("  %s: \"1\"\n".formatted(n)));
        values.append("secretSettings:\n");
        bySecrecy
                .get(true)
                .forEach(n -> values.append("  %s: {existingSecret: kept, key: k}\n".formatted(n)));
        return Files.writeString(folder.resolve("values.yaml"), values);
    }

    private static boolean isSetByAValue(String name, String templates) {
        return Pattern.compile("(?m)^\\s*(- name: )?" + Pattern.quote(name) + "(:.*)?$")
                .matcher(templates)
                .find();
    }

    private static String templates() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(HelmChart.FOLDER.resolve("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString().replace("{{ upper $name }}", "<NAME>");
    }

    private static Set<String> settings() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
