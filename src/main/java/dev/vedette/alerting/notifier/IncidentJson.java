package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Notification;
import java.io.UncheckedIOException;
import java.util.List;

/** An incident for programs: the JSON that webhooks and CloudEvents carry, with the API's names. */
final class IncidentJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_TEXT = 4000;

    private IncidentJson() {}

    /** An empty object to fill. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** That tree as text. */
    static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // a tree is always written
        }
    }

    /**
     * The tree of that text.
     *
     * @throws JsonProcessingException when it is no JSON
     */
    static JsonNode tree(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    /** What happened: {@code incident.opened}. */
    static String type(Notification notification) {
        return "incident." + notification.event().label();
    }

    /** The incident, why people are told, and where they read more. */
    static ObjectNode data(Notification notification) {
        Notification.Facts facts = notification.facts();
        ObjectNode data = object();
        data.put("tenant_id", notification.tenant().value());
        data.put("incident_id", notification.incident().toString());
        data.put("event", notification.event().label());
        data.put("revision", notification.revision());
        data.put("title", PlainText.line(facts.title(), MOST_TEXT));
        data.put("explanation", PlainText.lines(facts.words(), MOST_TEXT));
        data.put("severity", facts.severity().label());
        data.put("status", facts.status().label());
        data.put("score", facts.score());
        data.put("cluster_id", facts.cluster());
        names(data.putArray("node_ids"), facts.nodes());
        names(data.putArray("metric_names"), facts.metrics());
        data.put("nodes", facts.nodeCount());
        data.put("metrics", facts.metricCount());
        data.put("anomalies", facts.anomalies());
        data.put("started_at", facts.startedAt().toString());
        data.put("resolved_at", facts.resolvedAt().map(Object::toString).orElse(null));
        data.put("url", notification.links().incident().toString());
        links(data.putArray("answers"), notification.links().answers());
        return data;
    }

    private static void names(ArrayNode into, List<String> names) {
        names.forEach(into::add);
    }

    private static void links(ArrayNode into, List<Notification.Link> links) {
        for (Notification.Link link : links) {
            into.addObject().put("text", link.text()).put("url", link.url().toString());
        }
    }
}
