package dev.vedette.detection.rest;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.Caller;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A rule to try on the past.
 *
 * @param rule as it would be stored; in place of the stored one of its name
 * @param from start of the range, RFC 3339 or epoch milliseconds; seven days before the end when
 *     left out
 * @param to its end; now when left out
 */
@Schema(name = "ThresholdPreviewRequest")
public record TrialRequest(ThresholdJson.Posted rule, Optional<String> from, Optional<String> to) {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(28);

    /** The rule as it would be stored. */
    ThresholdRule draft(Thresholds thresholds, EngineRegistry engines, Caller caller) {
        DetectResource.requireEngine(rule.engine(), engines);
        String name = rule.name().filter(ThresholdRule::isName).orElse("draft");
        return thresholds.draft(caller, name, rule.scopeOrTenant(), rule.fields());
    }

    /** The range. */
    TimeRange range(Instant now) {
        return range(from, to, now);
    }

    /** The range, however long. */
    TimeRange anyRange(Instant now) {
        return Ranges.of(
                TimeParameters.time("from", from), TimeParameters.time("to", to), now, USUAL);
    }

    /** The range of a trial, at most 28 days. */
    static TimeRange range(Optional<String> from, Optional<String> to, Instant now) {
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        now,
                        USUAL);
        Ranges.requireAtMost(range, LONGEST, "ask for a shorter range");
        return range;
    }
}
