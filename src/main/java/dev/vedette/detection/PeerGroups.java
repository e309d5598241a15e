package dev.vedette.detection;

import dev.vedette.detection.engine.PeerOutliers;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the nodes of a cluster with one another: which of them stands apart in a metric. Series
 * with the same labels are peers. Nothing is stored: the same points always give the same answer.
 */
@ApplicationScoped
public class PeerGroups {
    /** Most series compared. */
    public static final int MOST_SERIES = 500;

    private static final int STEPS = 60;
    private static final Duration LEAST_STEP = Duration.ofMinutes(1);
    private static final int MOST_POINTS = 20_000;

    private final SeriesDirectory directory;
    private final PointReader points;

    PeerGroups(SeriesDirectory directory, PointReader points) {
        this.directory = directory;
        this.points = points;
    }

    /** A series and what it is among its peers. */
    public record Member(Series series, PeerOutliers.Peer peer) {}

    /**
     * The metric's series, the most unlike first.
     *
     * @param filter which cluster and metric, perhaps labels; of more than {@value #MOST_SERIES}
     *     series those known first
     */
    public Uni<List<Member>> compare(
            TenantId tenant, SeriesDirectory.Filter filter, TimeRange range) {
        Duration step = step(range);
        return directory
                .list(tenant, filter, 0, MOST_SERIES)
                .chain(found ->
                        points.steps(
                                        tenant,
                                        found.stream().map(Series::id).toList(),
                                        range,
                                        step,
                                        MOST_POINTS)
                                .map(steps -> members(found, steps, range, step)));
    }

    /** A sixtieth of the range in whole minutes, whole five minutes where that is longer. */
    static Duration step(TimeRange range) {
        Duration part = range.duration().dividedBy(STEPS);
        long minutes = Math.max(1, part.toMinutes());
        return minutes < 5 ? LEAST_STEP.multipliedBy(minutes) : Duration.ofMinutes(minutes / 5 * 5);
    }

    private static List<Member> members(
            List<Series> found,
            Map<SeriesId, SteppedPoints> steps,
            TimeRange range,
            Duration step) {
        Map<Labels, List<Series>> groups =
                found.stream().collect(Collectors.groupingBy(one -> one.key().labels()));
        List<Member> members = new ArrayList<>();
        for (List<Series> group : groups.values()) {
            double[][] values =
                    group.stream()
                            .map(one -> row(steps.get(one.id()), range, step))
                            .toArray(double[][]::new);
            List<PeerOutliers.Peer> peers = PeerOutliers.of(values);
            for (int i = 0; i < group.size(); i++) {
                members.add(new Member(group.get(i), peers.get(i)));
            }
        }
        members.sort(
                Comparator.comparingDouble((Member one) -> one.peer().score())
                        .reversed()
                        .thenComparingLong(one -> one.series().id().value()));
        return members;
    }

    /** The mean of each step of the range, NaN where there is none. */
    private static double[] row(@Nullable SteppedPoints steps, TimeRange range, Duration step) {
        long width = step.toMillis();
        long first = Math.floorDiv(range.from().toEpochMilli(), width);
        long end = Math.ceilDiv(range.to().toEpochMilli(), width);
        double[] row = new double[Math.toIntExact(end - first)];
        Arrays.fill(row, Double.NaN);
        for (int i = 0; steps != null && i < steps.size(); i++) {
            int at = Math.toIntExact(Math.floorDiv(steps.epochMillis()[i], width) - first);
            row[at] = steps.sum()[i] / steps.count()[i];
        }
        return row;
    }
}
