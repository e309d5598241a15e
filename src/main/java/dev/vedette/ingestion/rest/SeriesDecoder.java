package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.MalformedBodyException.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one series object at a time from a parser that stands at its start. A field of a wrong type
 * makes the series faulty; the parser then still stands at the object's end. Not thread-safe.
 */
final class SeriesDecoder {
    private final JsonParser parser;
    private final PointDecoder pointDecoder;
    private final IncomingPoints points;
    private final Set<String> tenants;
    private final int maxPoints;

    private String pointer = "";
    private String clusterId = "";
    private String nodeId = "";
    private String metricName = "";
    private Map<String, String> labels = Map.of();
    private Optional<String> unit = Optional.empty();
    private Optional<Refusal> fault = Optional.empty();
    private boolean hasPoints;

    SeriesDecoder(JsonParser parser, IncomingPoints points, Set<String> tenants, int maxPoints) {
        this.parser = parser;
        this.points = points;
        this.tenants = tenants;
        this.maxPoints = maxPoints;
        this.pointDecoder = new PointDecoder(parser, points);
    }

    /** Reads the series the parser stands at, whatever JSON value it is. */
    IncomingSeries decode(String at) throws IOException, MalformedBodyException {
        reset(at);
        int start = points.size();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
                Bounds.requireFew(fields);
                String field = parser.currentName();
                parser.nextToken();
                field(field);
            }
            if (!hasPoints && fault.isEmpty()) {
                fault(RefusalReason.REQUIRED_FIELD_MISSING, "/points", "points is absent");
            }
        } else {
            fault(RefusalReason.WRONG_TYPE, "", "a series must be an object, is " + seen());
            Bounds.skip(parser);
        }
        return new IncomingSeries(
                pointer, clusterId, nodeId, metricName, labels, unit, start, points.size(), fault);
    }

    private void reset(String at) {
        pointer = at;
        clusterId = "";
        nodeId = "";
        metricName = "";
        labels = Map.of();
        unit = Optional.empty();
        fault = Optional.empty();
        hasPoints = false;
    }

    private void field(String field) throws IOException, MalformedBodyException {
        switch (field) {
            case "cluster_id" -> clusterId = text(field);
            case "node_id" -> nodeId = text(field);
            case "metric_name" -> metricName = text(field);
            case "unit" ->
                    unit =
                            parser.currentToken() == JsonToken.VALUE_NULL
                                    ? Optional.empty()
                                    : Optional.of(text(field));
            case "tenant_id" -> MetricsDecoder.noteTenant(parser, tenants);
            case "labels" -> labels = labels();
            case "points" -> points();
            default -> Bounds.skip(parser);
        }
    }

    private String text(String field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            fault(RefusalReason.WRONG_TYPE, "/" + field, field + " must be a string, is " + seen());
        }
        Bounds.skip(parser);
        return "";
    }

    private Map<String, String> labels() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                fault(
                        RefusalReason.WRONG_TYPE,
                        "/labels",
                        "labels must be an object, is " + seen());
            }
            Bounds.skip(parser);
            return Map.of();
        }
        Map<String, String> pairs = new HashMap<>();
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            Bounds.requireFew(fields);
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                pairs.put(name, parser.getText());
            } else {
                fault(
                        RefusalReason.WRONG_TYPE,
                        "/labels/" + JsonPointers.escape(name),
                        "label values must be strings, is " + seen());
                Bounds.skip(parser);
            }
        }
        return pairs;
    }

    private void points() throws IOException, MalformedBodyException {
        hasPoints = true;
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fault(RefusalReason.WRONG_TYPE, "/points", "points must be an array, is " + seen());
            Bounds.skip(parser);
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (points.size() == maxPoints) {
                throw new MalformedBodyException(
                        Kind.TOO_LARGE,
                        pointer + "/points",
                        "the request has more than " + maxPoints + " points");
            }
            pointDecoder.decode();
        }
    }

    private void fault(RefusalReason reason, String below, String detail) {
        if (fault.isEmpty()) {
            fault = Optional.of(new Refusal(pointer + below, reason, detail));
        }
    }

    private String seen() {
        return JsonPointers.describe(parser.currentToken());
    }
}
