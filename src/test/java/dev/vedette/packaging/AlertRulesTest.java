package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts: on metrics that exist, each with a page to read, and as Prometheus understands them.
 */
final class AlertRulesTest {
    private static final Path RULES = HelmChart.FOLDER.resolve("files/alerts.yaml");
    private static final Pattern OWN_METRIC = Pattern.compile("vedette_[a-z_]+");

    @Test
    void everyMetricIsRegisteredSomewhereInTheService() throws IOException {
        List<String> registered = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Pattern.compile("\"(vedette_[a-z_]+)\"")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(literal -> registered.add(literal.group(1)));
            }
        }
        for (String metric : metrics()) {
            String name = metric.replaceFirst("_(count|sum|bucket)$", "");
            assertTrue(registered.contains(name), metric);
        }
    }

    @Test
    void everyAlertHasASeverityAWordAndARunbook() throws IOException {
        String runbooks = Files.readString(Path.of("docs", "operations", "runbooks.md"));
        String tested = Files.readString(HelmChart.FOLDER.resolve("tests/alerts_test.yaml"));
        for (JsonNode rule : rules()) {
            String alert = rule.path("alert").asText();
            assertTrue(
                    List.of("warning", "critical").contains(rule.at("/labels/severity").asText()),
                    alert);
            assertFalse(rule.at("/annotations/summary").asText().isBlank(), alert);
            assertFalse(rule.at("/annotations/description").asText().isBlank(), alert);
            assertTrue(runbooks.lines().anyMatch(("## " + alert)::equals), alert);
            assertTrue(tested.contains("alertname: " + alert), alert);
        }
    }

    @Test
    void chartWatchesItsOwnReleaseAndLinksTheRunbooks(@TempDir Path folder) throws IOException {
        List<JsonNode> objects =
                new HelmChart(folder).render(HelmChart.FOLDER.resolve("ci/prod-values.yaml"));
        JsonNode spec = HelmChart.ofKind(objects, "PrometheusRule").getFirst().path("spec");
        List<JsonNode> rendered = new ArrayList<>();
        spec.at("/groups/0/rules").forEach(rendered::add);
        assertEquals(rules().size(), rendered.size());
        for (JsonNode rule : rendered) {
            assertTrue(rule.path("expr").asText().contains("job=\"prod\""), rule::toString);
            String page = rule.at("/annotations/runbook_url").asText();
            String anchor = "#" + rule.path("alert").asText().toLowerCase(Locale.ROOT);
            assertTrue(page.startsWith("https://") && page.endsWith(anchor), page);
        }
    }

    @Test
    void prometheusAcceptsTheRulesAndTheyFireWhenTheyShould()
            throws IOException, InterruptedException {
        Promtool.assumeThere();
        Promtool.run("check", "rules", RULES.toString());
        Promtool.run(
                "check",
                "config",
                "--syntax-only",
                Path.of("src", "main", "docker", "prometheus.yml").toString());
        Promtool.run(
                "test", "rules", HelmChart.FOLDER.resolve("tests/alerts_test.yaml").toString());
    }

    /** The service's own metrics in the alerts, as Prometheus reads them. */
    static Set<String> metrics() throws IOException {
        Set<String> metrics = new TreeSet<>();
        for (JsonNode rule : rules()) {
            OWN_METRIC
                    .matcher(rule.path("expr").asText())
                    .results()
                    .forEach(metric -> metrics.add(metric.group()));
        }
        return metrics;
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        HelmChart.documents(Files.readString(RULES))
                .getFirst()
                .at("/groups/0/rules")
                .forEach(rules::add);
        return rules;
    }
}
