package dev.vedette.cli;

import dev.vedette.alerting.AlertPlans;
import dev.vedette.alerting.AlertReplay;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.Message;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Route;
import dev.vedette.detection.engine.AnomalyDetectionEngine;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.IncidentGrouper;
import dev.vedette.incident.IncidentReach;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.IncidentSummary;
import dev.vedette.incident.IncidentWords;
import dev.vedette.incident.Symptom;
import dev.vedette.series.Labels;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Runs labelled nodes through detection, grouping and alerting, and counts what people would have
 * been told. A folder holds {@code train}, {@code test} and {@code test_label} with one gzipped CSV
 * per node: a column per metric, a row per five minutes. Series are judged, not nodes as a whole.
 */
final class LabelledAlerts {
    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);

    /**
     * How late detection may be said to be on time: an event may be told of an hour after its end.
     */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final Route ROUTE =
            new Route(
                    "everything",
                    0,
                    true,
                    false,
                    List.of(),
                    List.of("people"),
                    List.of(),
                    Route.Trigger.ANY,
                    Duration.ofMinutes(2),
                    Route.Pace.USUAL,
                    Optional.empty(),
                    List.of());

    private final AnomalyDetectionEngine engine;
    private final IncidentGrouper grouper = new IncidentGrouper(IncidentReach.DEFAULT);
    private final IncidentWords words = new IncidentWords(Phrases.ENGLISH);

    LabelledAlerts(AnomalyDetectionEngine engine) {
        this.engine = engine;
    }

    /** A stretch that a label calls anomalous. */
    private record Event(Instant from, Instant to) {}

    /** Counts what people would have been told of all nodes of the folder. */
    AlertCounts run(Path folder, AlertCounts counts) throws IOException {
        List<Path> files;
        try (var listed = Files.list(folder.resolve("test"))) {
            files = listed.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
        }
        for (Path file : files) {
            node(folder, file.getFileName().toString(), counts);
        }
        return counts;
    }

    private void node(Path folder, String name, AlertCounts counts) throws IOException {
        List<double[]> rows =
                new ArrayList<>(LabelledNode.rows(folder.resolve("train").resolve(name)));
        int first = rows.size();
        rows.addAll(LabelledNode.rows(folder.resolve("test").resolve(name)));
        String node = name.replace(".csv.gz", "");
        List<Symptom> symptoms = symptoms(folder.getFileName() + "-" + node, node, rows, first);
        List<AlertReplay.Change> changes = new ArrayList<>();
        List<List<Symptom>> groups = grouper.group(symptoms);
        groups.forEach(group -> changes.addAll(life(group)));
        List<Message> messages =
                AlertReplay.messages(
                        new AlertPlans(List.of(ROUTE), List.of()),
                        changes,
                        at(rows.size()).plus(Duration.ofDays(1)));
        counts.nodes++;
        counts.nodeDays += (rows.size() - first) * STEP.toMinutes() / 1440.0;
        counts.anomalies += symptoms.size();
        counts.incidents += groups.size();
        count(
                messages,
                groups,
                events(LabelledNode.rows(folder.resolve("test_label").resolve(name)), first),
                counts);
    }

    private void count(
            List<Message> messages,
            List<List<Symptom>> groups,
            List<Event> events,
            AlertCounts counts) {
        Map<UUID, IncidentSummary> incidents = new HashMap<>();
        for (List<Symptom> group : groups) {
            IncidentSummary summary = IncidentSummary.of(group, words);
            incidents.put(summary.id(), summary);
        }
        counts.events += events.size();
        TreeSet<Integer> found = new TreeSet<>();
        for (Message message : messages) {
            counts.updated += message.event() == NotificationEvent.UPDATED ? 1 : 0;
            if (message.event() == NotificationEvent.OPENED) {
                counts.opened++;
                IncidentSummary about = incidents.get(message.incident());
                boolean isReal = false;
                for (int i = 0; about != null && i < events.size(); i++) {
                    if (meet(about, events.get(i))) {
                        isReal = true;
                        found.add(i);
                    }
                }
                counts.aboutEvents += isReal ? 1 : 0;
            }
        }
        counts.found += found.size();
    }

    private static boolean meet(IncidentSummary incident, Event event) {
        return !incident.startedAt().isAfter(event.to.plus(SLACK))
                && !incident.lastAt().isBefore(event.from);
    }

    private List<Symptom> symptoms(String cluster, String node, List<double[]> rows, int first) {
        long[] times = new long[rows.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = at(i).toEpochMilli();
        }
        List<Symptom> symptoms = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().length; column++) {
            String metric = "m" + column;
            double[] values = new double[times.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i)[column];
            }
            SeriesKey key =
                    new SeriesKey(new TenantId("bench"), cluster, node, metric, Labels.NONE);
            for (AnomalyResult found :
                    engine.detect(new MetricSeries(key, times, values, Map.of()))) {
                if (!found.windowStart().isBefore(at(first))) {
                    symptoms.add(symptom(cluster, node, metric, found));
                }
            }
        }
        return symptoms;
    }

    private static Symptom symptom(
            String cluster, String node, String metric, AnomalyResult found) {
        String name = cluster + "/" + metric + "/" + found.windowStart();
        return new Symptom(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                cluster,
                node,
                Optional.of(metric),
                found.windowStart(),
                found.windowEnd(),
                false,
                found.anomalyScore(),
                found.kind());
    }

    /** What was known of an incident whenever one of its anomalies began or ended. */
    private List<AlertReplay.Change> life(List<Symptom> group) {
        TreeSet<Instant> times = new TreeSet<>();
        group.forEach(symptom -> {
            times.add(symptom.start());
            times.add(symptom.end().plus(STEP));
        });
        IncidentSummary whole = IncidentSummary.of(group, words);
        List<AlertReplay.Change> changes = new ArrayList<>();
        for (Instant now : times) {
            List<Symptom> known =
                    group.stream().filter(symptom -> !symptom.start().isAfter(now)).toList();
            boolean goesOn =
                    known.stream().anyMatch(symptom -> symptom.end().plus(STEP).isAfter(now));
            changes.add(
                    new AlertReplay.Change(
                            now, facts(whole.id(), IncidentSummary.of(known, words), goesOn, now)));
        }
        return changes;
    }

    private static IncidentFacts facts(
            UUID id, IncidentSummary known, boolean goesOn, Instant now) {
        return new IncidentFacts(
                id,
                known.title(),
                goesOn ? IncidentStatus.OPEN : IncidentStatus.RESOLVED,
                known.score(),
                "metric",
                List.of(known.origin().clusterId()),
                List.of(known.origin().nodeId()),
                List.of(),
                Map.of(),
                known.nodes(),
                known.metrics(),
                known.anomalies().size(),
                known.startedAt(),
                known.lastAt().isAfter(now) ? now : known.lastAt(),
                known.startedAt(),
                Optional.empty(),
                false,
                true);
    }

    private static List<Event> events(List<double[]> labels, int first) {
        List<Event> events = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i <= labels.size(); i++) {
            boolean isIn = i < labels.size() && labels.get(i)[0] > 0;
            if (isIn && begin < 0) {
                begin = i;
            } else if (!isIn && begin >= 0) {
                events.add(new Event(at(first + begin), at(first + i - 1)));
                begin = -1;
            }
        }
        return events;
    }

    private static Instant at(int row) {
        return BEGIN.plus(STEP.multipliedBy(row));
    }
}
