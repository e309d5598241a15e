package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.BoundedInputStream;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.MalformedBodyException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decodes the body of {@code POST /api/v1/metrics} straight into columns: one pass, no tree, no
 * object per point. Strict: duplicate keys, trailing text and everything RFC 8259 forbids are
 * refused. Thread-safe: all state belongs to a call.
 */
public final class MetricsDecoder {
    /** A hostile body may name many tenants; two are enough to refuse it. */
    private static final int MAX_TENANTS = 2;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(16)
                                    .maxStringLength(4096)
                                    .maxNameLength(512)
                                    .maxNumberLength(64)
                                    .build())
                    .build();

    private final BodyLimits limits;

    /** Within those limits. */
    public MetricsDecoder(BodyLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes one JSON document {@code {"series":[…]}}.
     *
     * @param body decompressed, bounded; read to its end
     * @param expectedBytes a guess of its length, for sizing the columns
     * @throws MalformedBodyException when it cannot be read as a whole, with the place
     */
    public IncomingBatch decodeDocument(InputStream body, int expectedBytes)
            throws MalformedBodyException {
        return decode(body, expectedBytes, MetricsDecoder::document);
    }

    /** Decodes newline-delimited JSON, one series object per line; the rest as above. */
    IncomingBatch decodeLines(InputStream body, int expectedBytes) throws MalformedBodyException {
        return decode(body, expectedBytes, MetricsDecoder::lines);
    }

    /** Notes the tenant named at the parser's place. */
    static void noteTenant(JsonParser parser, Set<String> tenants) throws IOException {
        if (tenants.size() < MAX_TENANTS && parser.currentToken() != JsonToken.VALUE_NULL) {
            tenants.add(parser.getText());
        }
        Bounds.skip(parser);
    }

    private IncomingBatch decode(InputStream body, int expectedBytes, Shape shape)
            throws MalformedBodyException {
        // [1760000000000,12.5], is the shortest usual point
        int room = Math.min(limits.maxPoints(), expectedBytes / 20);
        Decoding decoding =
                new Decoding(new ArrayList<>(), new IncomingPoints(room), new HashSet<>());
        try (JsonParser parser = JSON.createParser(body)) {
            try {
                shape.read(parser, decoding, limits);
            } catch (JsonProcessingException e) {
                throw malformed(parser, e);
            }
        } catch (BoundedInputStream.LimitExceededException e) {
            throw new MalformedBodyException(Kind.TOO_LARGE, "", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // the bytes are in memory: this is broken compression or broken UTF-8
            throw new MalformedBodyException(
                    Kind.MALFORMED, "", "the body cannot be decoded: " + e.getMessage());
        }
        return new IncomingBatch(decoding.series, decoding.points, decoding.tenants);
    }

    private static void document(JsonParser parser, Decoding decoding, BodyLimits limits)
            throws IOException, MalformedBodyException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw shape("", "the body must be a JSON object with an array 'series'");
        }
        SeriesDecoder decoder = decoding.decoder(parser, limits);
        boolean found = false;
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            Bounds.requireFew(fields);
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "tenant_id" -> noteTenant(parser, decoding.tenants);
                case "series" -> {
                    found = true;
                    series(parser, decoder, decoding.series);
                }
                default -> Bounds.skip(parser);
            }
        }
        if (!found) {
            throw shape("/series", "series is absent");
        }
        if (parser.nextToken() != null) {
            throw shape("", "there is more after the end of the JSON document");
        }
    }

    private static void series(JsonParser parser, SeriesDecoder decoder, List<IncomingSeries> into)
            throws IOException, MalformedBodyException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw shape(
                    "/series",
                    "series must be an array, is " + JsonPointers.describe(parser.currentToken()));
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireRoom(into);
            into.add(decoder.decode("/series/" + into.size()));
        }
    }

    private static void lines(JsonParser parser, Decoding decoding, BodyLimits limits)
            throws IOException, MalformedBodyException {
        SeriesDecoder decoder = decoding.decoder(parser, limits);
        while (parser.nextToken() != null) {
            requireRoom(decoding.series);
            decoding.series.add(decoder.decode("/" + decoding.series.size()));
        }
    }

    private static void requireRoom(List<IncomingSeries> series) throws MalformedBodyException {
        if (series.size() == BodyLimits.MAX_SERIES) {
            throw new MalformedBodyException(
                    Kind.TOO_LARGE,
                    "/series",
                    "the request has more than " + BodyLimits.MAX_SERIES + " series");
        }
    }

    private static MalformedBodyException shape(String pointer, String message) {
        return new MalformedBodyException(Kind.MALFORMED, pointer, message);
    }

    private static MalformedBodyException malformed(JsonParser parser, JsonProcessingException e) {
        String what = String.valueOf(e.getOriginalMessage());
        return new MalformedBodyException(
                Kind.MALFORMED,
                parser.getParsingContext().pathAsPointer().toString(),
                what.substring(0, Math.min(200, what.length()))
                        + " (line "
                        + parser.currentLocation().getLineNr()
                        + ", byte "
                        + parser.currentLocation().getByteOffset()
                        + ")");
    }

    /** What a call gathers. */
    private record Decoding(
            List<IncomingSeries> series, IncomingPoints points, Set<String> tenants) {
        SeriesDecoder decoder(JsonParser parser, BodyLimits limits) {
            return new SeriesDecoder(parser, points, tenants, limits.maxPoints());
        }
    }

    /** How a body is laid out. */
    private interface Shape {
        void read(JsonParser parser, Decoding decoding, BodyLimits limits)
                throws IOException, MalformedBodyException;
    }
}
