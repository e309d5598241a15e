package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which series a silence is about, and when it begins. */
class SilenceTest {
    private static final SeriesKey SERIES =
            new SeriesKey(
                    new TenantId("acme"),
                    "edge",
                    "node-7",
                    "cpu_percent",
                    Labels.of(Map.of("team", "core")));
    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-11-20T01:00:00");

    private static Silence silence(Optional<Instant> expiresAt, String... matchers) {
        return new Silence(
                "nightly",
                Stream.of(matchers).map(Matcher::parse).toList(),
                "backup",
                "ann",
                new Schedule(
                        ZoneOffset.UTC,
                        FIRST,
                        Duration.ofHours(2),
                        Optional.of("FREQ=DAILY"),
                        Set.of()),
                expiresAt);
    }

    @ParameterizedTest
    @CsvSource({
        "cluster=edge, true",
        "node=node-*, true",
        "node!=node-7, false",
        "node!=node-8, true",
        "metric=mem*, false",
        "source=transaction, false",
        "source=metric, true",
        "label.team=core, true",
        "label.team=payments, false",
        "label.zone=a, false",
        "label.zone!=a, true",
        "severity>=warning, true",
        "score>=0.9, true",
        "incident=1-2-3-4-5, false"
    })
    void seriesIsConcernedAsFarAsItsPlaceAndLabelsTell(String matcher, boolean isConcerned) {
        assertEquals(isConcerned, silence(Optional.empty(), matcher).mayConcern(SERIES));
        assertEquals(
                isConcerned, silence(Optional.empty(), "cluster=edge", matcher).mayConcern(SERIES));
        assertEquals(false, silence(Optional.empty(), "cluster=core", matcher).mayConcern(SERIES));
    }

    @Test
    void itBeginsWithEachStretchUntilItExpires() {
        TimeRange twoDays =
                new TimeRange(
                        Instant.parse("2026-11-21T02:00:00Z"),
                        Instant.parse("2026-11-23T02:00:00Z"));
        Instant second = Instant.parse("2026-11-22T01:00:00Z");
        Instant third = Instant.parse("2026-11-23T01:00:00Z");
        assertEquals(
                List.of(second, third),
                silence(Optional.empty(), "cluster=edge").beginnings(twoDays));
        assertEquals(
                List.of(second), silence(Optional.of(third), "cluster=edge").beginnings(twoDays));
    }
}
