package dev.vedette.transaction.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.BoundedInputStream;
import dev.vedette.ingestion.body.ContentDecoder;
import dev.vedette.ingestion.body.MalformedBodyException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a document of transactions into its items, within bounds. */
public final class TransactionDocument {
    /** Most items of a document. */
    private static final int MOST_ITEMS = 10_000;

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

    private static final ObjectReader MESSAGE =
            JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TransactionDocument() {}

    /**
     * The items of a document, and the tenant it names.
     *
     * @param items in their order
     * @param tenant beside the credential's, if any
     */
    public record Items(List<JsonNode> items, Optional<String> tenant) {}

    /**
     * Reads {@code {"transactions":[…]}}.
     *
     * @param encoding the content encoding; empty for none
     * @throws MalformedBodyException when it cannot be read as a whole, with the place
     */
    public static Items read(byte[] body, String encoding) throws MalformedBodyException {
        try (InputStream content = ContentDecoder.decode(body, encoding, LIMITS);
                JsonParser parser = JSON.createParser(content)) {
            return document(parser);
        } catch (JsonProcessingException e) {
            throw malformed("", said(e));
        } catch (BoundedInputStream.LimitExceededException e) {
            throw MalformedBodyException.tooLarge(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw malformed("", "the body cannot be decoded: " + e.getMessage());
        }
    }

    /**
     * Reads a document, or one transaction by itself.
     *
     * @param message of some hundred kilobytes at most
     * @throws MalformedBodyException when it cannot be read as a whole, with the place
     */
    public static Items readMessage(byte[] message) throws MalformedBodyException {
        try {
            JsonNode whole = MESSAGE.readTree(message);
            if (whole.isObject() && !whole.has("transactions")) {
                return new Items(List.of(whole), Optional.empty());
            }
        } catch (JsonProcessingException e) {
            throw malformed("", said(e));
        } catch (IOException e) {
            throw malformed("", "the message cannot be decoded: " + e.getMessage());
        }
        return read(message, "");
    }

    private static Items document(JsonParser parser) throws IOException, MalformedBodyException {
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
                        throw malformed(
                                "/" + FieldTexts.escaped(FieldTexts.cut(field)),
                                "there is no such property here; known is transactions");
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

    private static List<JsonNode> items(JsonParser parser)
            throws IOException, MalformedBodyException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("/transactions", "transactions must be an array");
        }
        List<JsonNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MOST_ITEMS) {
                throw MalformedBodyException.tooLarge(
                        "the request has more than " + MOST_ITEMS + " transactions");
            }
            items.add(JSON.readTree(parser));
        }
        return items;
    }

    private static String said(JsonProcessingException e) {
        String what = String.valueOf(e.getOriginalMessage());
        return what.substring(0, Math.min(200, what.length()));
    }

    private static MalformedBodyException malformed(String pointer, String detail) {
        return new MalformedBodyException(MalformedBodyException.Kind.MALFORMED, pointer, detail);
    }
}
