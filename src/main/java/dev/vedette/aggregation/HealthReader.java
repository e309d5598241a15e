package dev.vedette.aggregation;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.explanation.Phrases;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads how a tenant stands from its scores and open anomalies. */
@ApplicationScoped
public class HealthReader {
    private static final Duration TREND = Duration.ofDays(1);
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final Duration LATELY = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final ScoreQueries scores;
    private final AnomalyQueries anomalies;
    private final SeriesDirectory directory;
    private final InstantSource clock;

    HealthReader(
            ScoreQueries scores,
            AnomalyQueries anomalies,
            SeriesDirectory directory,
            InstantSource clock) {
        this.scores = scores;
        this.anomalies = anomalies;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * How the tenant stands.
     *
     * @param zone of the times in the words
     */
    public Uni<TenantHealth> health(TenantId tenant, ZoneId zone) {
        return scores.newestBucket(tenant)
                .chain(newest ->
                        newest.map(bucket -> scored(tenant, zone, bucket))
                                .orElseGet(() -> unscored(tenant, zone)));
    }

    private Uni<TenantHealth> unscored(TenantId tenant, ZoneId zone) {
        HealthWords words = new HealthWords(Phrases.ENGLISH, zone);
        return directory
                .count(tenant)
                .map(series ->
                        new TenantHealth(
                                1,
                                words.headline(
                                        new HealthWords.TenantState(
                                                0, Math.toIntExact(series), Optional.empty()),
                                        clock.instant()),
                                series,
                                0,
                                Optional.empty(),
                                List.of()));
    }

    private Uni<TenantHealth> scored(TenantId tenant, ZoneId zone, Instant newest) {
        Instant end = newest.plus(ScoreBucket.WIDTH);
        TimeRange day = new TimeRange(end.minus(TREND), end);
        TimeRange lately = new TimeRange(end.minus(LATELY), end);
        return Uni.combine()
                .all()
                .unis(
                        scores.trends(tenant, day, STEP, MOST),
                        scores.sizes(tenant, lately),
                        anomalies.list(tenant, open(lately), Optional.empty(), MOST),
                        anomalies.list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), 1),
                        directory.count(tenant))
                .with((trends, sizes, open, last, series) ->
                        new HealthAssessment(zone, clock.instant(), end, STEP)
                                .of(trends, sizes, open, last.stream().findFirst(), series));
    }

    // A series that fell silent leaves its anomaly open; after an hour it says nothing of now.
    private static AnomalyQueries.Filter open(TimeRange lately) {
        return new AnomalyQueries.Filter(
                Optional.of(lately.from()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(AnomalyStatus.OPEN),
                Optional.empty());
    }

    /** The anomaly with the highest score; of equal ones the one that began last. */
    static Optional<Anomaly> worst(List<Anomaly> anomalies) {
        return anomalies.stream()
                .max(
                        java.util.Comparator.comparingDouble(
                                        (Anomaly one) -> one.result().anomalyScore())
                                .thenComparing(one -> one.result().windowStart())
                                .thenComparing(Anomaly::id));
    }
}
