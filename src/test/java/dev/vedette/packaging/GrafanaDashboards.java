package dev.vedette.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Grafana dashboards of the chart. */
final class GrafanaDashboards {
    private static final Pattern METRIC = Pattern.compile("([a-z][a-z0-9_]+)\\{");

    private GrafanaDashboards() {}

    /** The files. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(HelmChart.FOLDER.resolve("files/dashboards"))) {
            return files.sorted().toList();
        }
    }

    /** The panels of one. */
    static List<JsonNode> panels(Path file) throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        new JsonMapper().readTree(file.toFile()).path("panels").forEach(panels::add);
        return panels;
    }

    /** The questions of one panel to Prometheus. */
    static List<String> queries(JsonNode panel) {
        List<String> queries = new ArrayList<>();
        panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
        return queries;
    }

    /** The metrics of all panels, as Prometheus reads them. */
    static Set<String> metrics() throws IOException {
        Set<String> metrics = new TreeSet<>();
        for (Path file : files()) {
            for (JsonNode panel : panels(file)) {
                for (String query : queries(panel)) {
                    METRIC.matcher(query).results().forEach(m -> metrics.add(m.group(1)));
                }
            }
        }
        return metrics;
    }
}
