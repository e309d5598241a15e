package dev.vedette.transaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.transaction.Transaction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item by the tenant's schema: checks every field and brings countries and currencies
 * into their one form. Stops at the first fault. Not thread-safe; one per item.
 */
final class TransactionReader {
    private static final double LARGEST = 1e15;
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Set<String> KNOWN =
            Set.of(
                    "transaction_id",
                    "account_id",
                    "amount",
                    "currency",
                    "time",
                    "merchant",
                    "country",
                    "channel",
                    "attributes",
                    "tenant_id");

    private final TransactionSchema schema;
    private final Instant now;

    TransactionReader(TransactionSchema schema, Instant now) {
        this.schema = schema;
        this.now = now;
    }

    /** The transaction of an item. */
    Transaction read(JsonNode item) throws TransactionFault {
        if (!item.isObject()) {
            throw new TransactionFault(
                    "",
                    "wrong_type",
                    "a transaction must be an object",
                    "Send {\"transaction_id\": …, \"account_id\": …, \"amount\": …, …}.");
        }
        for (var names = item.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                throw new TransactionFault(
                        "/" + FieldTexts.escaped(name),
                        "unknown_field",
                        "there is no field '" + FieldTexts.cut(name) + "'",
                        "Put your own fields under attributes.");
            }
        }
        String currency = required(item, "currency");
        return new Transaction(
                required(item, "transaction_id"),
                required(item, "account_id"),
                time(item.path("time")),
                amount(item.path("amount")),
                narrowed(
                        "currency",
                        Countries.currency(currency)
                                .orElseThrow(() ->
                                        new TransactionFault(
                                                "/currency",
                                                "unknown_currency",
                                                "'" + FieldTexts.cut(currency) + "' is no currency",
                                                "Send an ISO 4217 code such as EUR."))),
                narrowed("merchant", FieldTexts.text(item, "merchant")),
                narrowed("country", country(FieldTexts.text(item, "country"))),
                narrowed("channel", FieldTexts.text(item, "channel")),
                new AttributesReader(schema).read(item.path("attributes")));
    }

    private static String required(JsonNode item, String name) throws TransactionFault {
        String value = FieldTexts.text(item, name);
        if (value == null) {
            throw new TransactionFault(
                    "/" + name,
                    "required",
                    name + " is missing",
                    "Send "
                            + name
                            + ", a text of 1 to "
                            + Transaction.MOST_CHARACTERS
                            + " characters.");
        }
        return value;
    }

    private double amount(JsonNode value) throws TransactionFault {
        if (value.isMissingNode() || value.isNull()) {
            throw new TransactionFault(
                    "/amount",
                    "required",
                    "amount is missing",
                    "Send amount, a number of 0 or more.");
        }
        double amount = FieldTexts.number(value, "/amount");
        if (amount < 0 || amount > LARGEST) {
            throw new TransactionFault(
                    "/amount",
                    "amount_out_of_range",
                    "amount is " + amount,
                    "Send 0 to 10^15; a refund is a transaction of its own with a positive amount.");
        }
        FieldRule rule = schema.fields().get("amount");
        if (rule != null) {
            FieldTexts.between(rule, amount, "/amount");
        }
        return amount;
    }

    private Instant time(JsonNode value) throws TransactionFault {
        Instant time = null;
        try {
            if (value.isIntegralNumber()) {
                time = Instant.ofEpochMilli(value.longValue());
            } else if (value.isTextual()) {
                time =
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME
                                .parse(value.textValue(), Instant::from)
                                .truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            time = null;
        }
        if (time == null) {
            throw new TransactionFault(
                    "/time",
                    value.isMissingNode() ? "required" : "wrong_form",
                    "time is missing or no time",
                    "Send RFC 3339 such as 2026-11-21T12:00:00Z, or whole milliseconds since 1970.");
        }
        if (time.isAfter(now.plus(AHEAD)) || time.isBefore(EARLIEST)) {
            throw new TransactionFault(
                    "/time",
                    "time_out_of_range",
                    "time is " + time,
                    "Send the time of the payment; at most 10 minutes ahead of this service's clock.");
        }
        return time;
    }

    private static @Nullable String country(@Nullable String written) throws TransactionFault {
        return written == null
                ? null
                : Countries.country(written)
                        .orElseThrow(() ->
                                new TransactionFault(
                                        "/country",
                                        "unknown_country",
                                        "'" + FieldTexts.cut(written) + "' is no country",
                                        "Send an ISO 3166 code such as DE."));
    }

    private <T extends @Nullable String> T narrowed(String name, T value) throws TransactionFault {
        FieldRule rule = schema.fields().get(name);
        if (rule != null && value == null && rule.required()) {
            throw new TransactionFault(
                    "/" + name,
                    "required",
                    name + " is missing",
                    "Send it: the tenant's schema asks for it.");
        }
        if (rule != null && value != null) {
            FieldTexts.among(rule, value, "/" + name);
        }
        return value;
    }
}
