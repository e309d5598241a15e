package dev.vedette.transaction.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.http.ApiTime;
import dev.vedette.http.Problem;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.StoredTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How transactions look in the API. */
final class TransactionJson {
    private TransactionJson() {}

    /** A transaction to be written; read item by item, this says its form only. */
    @Schema(name = "WrittenTransaction")
    record Written(
            @Schema(examples = "p-1001", required = true) String transactionId,
            @Schema(examples = "acc-17", required = true) String accountId,
            @Schema(examples = "129.9", required = true) double amount,
            @Schema(examples = "EUR", required = true) String currency,
            @Schema(examples = "2026-11-21T12:00:00Z", required = true) String time,
            @Schema(examples = "shop-3") Optional<String> merchant,
            @Schema(examples = "DE") Optional<String> country,
            @Schema(examples = "online") Optional<String> channel,
            Optional<Map<String, Object>> attributes) {}

    /** The body of a write. */
    @Schema(name = "WrittenTransactions")
    record Request(@Schema(required = true) List<Written> transactions) {
        static final String EXAMPLE =
                """
                {"transactions":[{"transaction_id":"p-1001","account_id":"acc-17","amount":129.9,
                "currency":"EUR","time":"2026-11-21T12:00:00Z","merchant":"shop-3","country":"DE",
                "channel":"online","attributes":{"device":"d-9"}}]}\
                """;
    }

    /** One reason of a decision. */
    @Schema(name = "Reason")
    record Reason(
            @Schema(examples = "rule:big-abroad") String code,
            @Schema(examples = "large and far from home") String text,
            @Schema(examples = "0.9") double weight) {}

    /** A decision. */
    @Schema(name = "Decision")
    record DecisionJson(
            @Schema(examples = "0.97") double score,
            @Schema(examples = "review") String outcome,
            List<Reason> reasons) {
        static DecisionJson of(Decision decision) {
            return new DecisionJson(
                    decision.score(),
                    decision.outcome().label(),
                    TransactionJson.reasons(decision));
        }
    }

    private static List<Reason> reasons(Decision decision) {
        return decision.reasons().stream()
                .map(one -> new Reason(one.code(), one.text(), one.weight()))
                .toList();
    }

    /**
     * What became of one item.
     *
     * @param transactionId of the item, when it could be read
     * @param status accepted, duplicate or refused
     * @param decision when it was asked for and made in time
     * @param errors why it was refused
     */
    @Schema(name = "WrittenItem")
    record Item(
            Optional<String> transactionId,
            @Schema(examples = "accepted") String status,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<DecisionJson> decision,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Violation> errors) {}

    /** What became of a write. */
    @Schema(name = "WrittenAnswer")
    record Answer(
            @Schema(examples = "1") int accepted,
            @Schema(examples = "0") int duplicates,
            @Schema(examples = "0") int rejected,
            List<Item> items) {}

    /** A decided transaction in a list. */
    @Schema(name = "Transaction")
    record Summary(
            String transactionId,
            String accountId,
            ApiTime time,
            double amount,
            String currency,
            Optional<String> merchant,
            Optional<String> country,
            Optional<String> channel,
            Map<String, Object> attributes,
            @Schema(examples = "night") String dayPart,
            double score,
            String outcome,
            List<Reason> reasons,
            ApiTime decidedAt) {
        static Summary of(StoredTransaction stored, TimeFormat format) {
            Transaction of = stored.received().transaction();
            return new Summary(
                    of.id(),
                    of.account(),
                    new ApiTime(of.time(), format),
                    of.amount(),
                    of.currency(),
                    Optional.ofNullable(of.merchant()),
                    Optional.ofNullable(of.country()),
                    Optional.ofNullable(of.channel()),
                    plain(of.attributes()),
                    stored.received().dayPart().label(),
                    stored.decision().score(),
                    stored.decision().outcome().label(),
                    TransactionJson.reasons(stored.decision()),
                    new ApiTime(stored.decidedAt(), format));
        }
    }

    /** A decided transaction with all that explains its decision. */
    @Schema(name = "TransactionDetail")
    record Detail(
            @com.fasterxml.jackson.annotation.JsonUnwrapped Summary transaction,
            ApiTime receivedAt,
            @Schema(description = "Score of each part that judged, in [0,1]")
                    Map<String, Double> parts,
            @Schema(description = "What was known before it; unknown features are left out")
                    Map<String, Double> features,
            @JsonRawValue
                    @Schema(
                            type = SchemaType.ARRAY,
                            implementation = Object.class,
                            description = "How each rule judged, with the value of each operand")
                    String rules,
            @Schema(description = "What judged: versions of the parts")
                    Map<String, String> versions) {
        static Detail of(StoredTransaction stored, TimeFormat format) {
            return new Detail(
                    Summary.of(stored, format),
                    new ApiTime(stored.received().receivedAt(), format),
                    stored.decision().parts(),
                    stored.features(),
                    stored.rules(),
                    stored.decision().versions());
        }
    }

    private static Map<String, Object> plain(Attributes attributes) {
        Map<String, Object> plain = new TreeMap<>();
        attributes
                .values()
                .forEach((name, value) ->
                        plain.put(
                                name,
                                switch (value) {
                                    case AttributeValue.Text(String text) -> text;
                                    case AttributeValue.Numeric(double number) -> number;
                                    case AttributeValue.Flag(boolean flag) -> flag;
                                }));
        return plain;
    }
}
