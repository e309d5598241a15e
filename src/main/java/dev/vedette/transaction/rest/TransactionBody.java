package dev.vedette.transaction.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.BoundedInputStream;
import dev.vedette.ingestion.body.ContentDecoder;
import dev.vedette.ingestion.body.MalformedBodyException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of a write of transactions into its items, within bounds. */
final class TransactionBody {
    /** Most items of a request. */
    static final int MOST_ITEMS = 10_000;

    private static final BodyLimits LIMITS = new BodyLimits(16L << 20, 100, MOST_ITEMS);
    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(16)
                                            .maxStringLength(16 << 20)
                                            .maxNameLength(4096)
                                            .maxNumberLength(100)
                                            .build())
                            .build());

    private TransactionBody() {}

    /**
     * The items of a request, and the tenant it names.
     *
     * @param items in their order
     * @param tenant beside the credential's, if any
     */
    record Items(List<JsonNode> items, Optional<String> tenant) {}

    /** Reads {@code {"transactions":[…]}}; throws a {@link ProblemException}. */
    static Items read(byte[] body, String encoding) {
        try (InputStream content = ContentDecoder.decode(body, encoding, LIMITS);
                JsonParser parser = JSON.createParser(content)) {
            return document(parser);
        } catch (MalformedBodyException e) {
            throw switch (e.kind()) {
                case TOO_LARGE -> ProblemException.of(ProblemKind.PAYLOAD_TOO_LARGE, said(e));
                case UNKNOWN_ENCODING ->
                        ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, said(e));
                case MALFORMED -> malformed(e.pointer(), said(e));
            };
        } catch (JsonProcessingException e) {
            String what = String.valueOf(e.getOriginalMessage());
            throw malformed("", what.substring(0, Math.min(200, what.length())));
        } catch (BoundedInputStream.LimitExceededException e) {
            throw ProblemException.of(ProblemKind.PAYLOAD_TOO_LARGE, said(e));
        } catch (IOException e) {
            throw malformed("", "the body cannot be decoded: " + e.getMessage());
        }
    }

    private static Items document(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("", "the body must be a JSON object with an array 'transactions'");
        }
        List<JsonNode> items = null;
        Optional<String> tenant = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "tenant_id" -> {
                    JsonNode named = JSON.readTree(parser);
                    tenant = Optional.of(named.asText());
                }
                case "transactions" -> items = items(parser);
                default ->
                        throw ProblemException.invalid(
                                "/" + field.substring(0, Math.min(60, field.length())),
                                "unknown_property",
                                "there is no such property here",
                                "leave it out; known is transactions");
            }
        }
        if (items == null) {
            throw malformed("/transactions", "transactions is absent");
        }
        if (parser.nextToken() != null) {
            throw malformed("", "there is more after the end of the JSON document");
        }
        return new Items(items, tenant);
    }

    private static List<JsonNode> items(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("/transactions", "transactions must be an array");
        }
        List<JsonNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MOST_ITEMS) {
                throw ProblemException.of(
                        ProblemKind.PAYLOAD_TOO_LARGE,
                        "the request has more than " + MOST_ITEMS + " transactions");
            }
            items.add(JSON.readTree(parser));
        }
        return items;
    }

    private static ProblemException malformed(String pointer, String detail) {
        return ProblemException.invalid(
                pointer,
                "body_malformed",
                detail,
                "Send {\"transactions\":[{\"transaction_id\":…,\"account_id\":…,\"amount\":…,"
                        + "\"currency\":…,\"time\":…}]}.");
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
