package dev.vedette.transaction.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.http.ApiTime;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.intake.FieldRule;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.intake.TransactionSchema;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How schemas of transactions look in the API. */
final class SchemaJson {
    private SchemaJson() {}

    /** What is asked of one field or attribute. */
    @Schema(name = "TransactionField")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Field(
            @Schema(examples = "string", description = "string, number or boolean")
                    Optional<String> type,
            Optional<Boolean> required,
            @JsonProperty("enum") @Schema(description = "The texts it may be")
                    Optional<Set<String>> allowed,
            Optional<Double> minimum,
            Optional<Double> maximum) {
        static Field of(FieldRule rule) {
            return new Field(
                    Optional.of(rule.type().label()),
                    Optional.of(rule.required()),
                    rule.allowed().isEmpty() ? Optional.empty() : Optional.of(rule.allowed()),
                    boxed(rule.minimum()),
                    boxed(rule.maximum()));
        }

        private static Optional<Double> boxed(OptionalDouble number) {
            return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
        }

        FieldRule read(String pointer, Optional<FieldRule.Type> own) {
            FieldRule.Type kind =
                    type.map(label ->
                                    FieldRule.Type.of(label)
                                            .orElseThrow(() ->
                                                    ProblemException.invalid(
                                                            pointer + "/type",
                                                            "unknown_value",
                                                            "there is no such type",
                                                            "send one of string, number,"
                                                                    + " boolean")))
                            .or(() -> own)
                            .orElse(FieldRule.Type.STRING);
            try {
                return new FieldRule(
                        kind,
                        required.orElse(false),
                        new TreeSet<>(allowed.orElse(Set.of())),
                        number(minimum),
                        number(maximum));
            } catch (IllegalArgumentException e) {
                throw invalid(pointer, e);
            }
        }

        private static OptionalDouble number(Optional<Double> boxed) {
            return boxed.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        }
    }

    /** A schema as it is sent. */
    @Schema(name = "WrittenTransactionSchema")
    record Posted(
            Optional<Map<String, Field>> fields,
            Optional<Map<String, Field>> attributes,
            @Schema(
                            description =
                                    "Whether attributes that are not listed are taken; true if left out")
                    Optional<Boolean> otherAttributes) {
        TransactionSchema read() {
            SortedMap<String, FieldRule> ofFields = new TreeMap<>();
            fields.orElse(Map.of())
                    .forEach((name, field) ->
                            ofFields.put(
                                    name,
                                    field.read(
                                            "/fields/" + cut(name),
                                            Optional.ofNullable(
                                                    TransactionSchema.FIELDS.get(name)))));
            SortedMap<String, FieldRule> ofAttributes = new TreeMap<>();
            attributes
                    .orElse(Map.of())
                    .forEach((name, field) ->
                            ofAttributes.put(
                                    name,
                                    field.read("/attributes/" + cut(name), Optional.empty())));
            try {
                return new TransactionSchema(
                        0, ofFields, ofAttributes, otherAttributes.orElse(true));
            } catch (IllegalArgumentException e) {
                throw invalid("", e);
            }
        }
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(64, name.length()));
    }

    private static ProblemException invalid(String pointer, IllegalArgumentException e) {
        return ProblemException.invalid(
                pointer,
                "invalid_value",
                String.valueOf(e.getMessage()),
                "send {\"attributes\":{\"device\":{\"type\":\"string\",\"required\":true}}}");
    }

    /**
     * A stored schema.
     *
     * @param version 0 for the one that asks for nothing
     */
    @Schema(name = "TransactionSchema")
    record Stored(
            int version,
            Map<String, Field> fields,
            Map<String, Field> attributes,
            boolean otherAttributes,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> author,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ApiTime> createdAt) {
        static Stored of(SchemaStore.Stored stored, TimeFormat format) {
            return of(
                    stored.schema(),
                    Optional.of(stored.author()),
                    Optional.of(new ApiTime(stored.at(), format)));
        }

        static Stored of(
                TransactionSchema schema, Optional<String> author, Optional<ApiTime> createdAt) {
            return new Stored(
                    schema.version(),
                    fields(schema.fields()),
                    fields(schema.attributes()),
                    schema.otherAttributes(),
                    author,
                    createdAt);
        }

        private static Map<String, Field> fields(SortedMap<String, FieldRule> rules) {
            Map<String, Field> fields = new TreeMap<>();
            rules.forEach((name, rule) -> fields.put(name, Field.of(rule)));
            return fields;
        }
    }
}
