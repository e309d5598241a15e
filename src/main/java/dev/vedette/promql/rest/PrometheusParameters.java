package dev.vedette.promql.rest;

import dev.vedette.promql.Durations;
import dev.vedette.promql.PromQlException;
import dev.vedette.promql.Steps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads parameters in the forms Prometheus' API takes. */
final class PrometheusParameters {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?");

    private PrometheusParameters() {}

    /** A parameter that must be there. */
    static String required(String name, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() ->
                        PromQlException.badData(
                                "invalid parameter \"" + name + "\": it is missing"));
    }

    /** A time: seconds since 1970-01-01T00:00Z, perhaps with a fraction, or RFC 3339. */
    static Instant time(String name, String text) {
        try {
            Instant time =
                    SECONDS.matcher(text).matches()
                            ? Instant.ofEpochMilli(millis(text))
                            : OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below
        }
        throw invalid(name, text, "a valid timestamp");
    }

    /** Steps of a width: seconds, perhaps with a fraction, or a text such as 1m30s. */
    static Steps steps(Optional<String> start, Optional<String> end, Optional<String> step) {
        String text = required("step", step);
        Duration width =
                SECONDS.matcher(text).matches()
                        ? Duration.ofMillis(millis(text))
                        : Durations.parse(text);
        if (width.isNegative() || width.isZero()) {
            throw PromQlException.badData(
                    "zero or negative query resolution step widths are not accepted. Try a"
                            + " positive integer");
        }
        return Steps.of(
                time("start", required("start", start)),
                time("end", required("end", end)),
                width.toMillis());
    }

    private static long millis(String seconds) {
        return new BigDecimal(seconds)
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static PromQlException invalid(String name, String text, String what) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return PromQlException.badData(
                "invalid parameter \"" + name + "\": cannot parse \"" + shown + "\" to " + what);
    }
}
