package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ranks every series of a tenant by how unusual it was in a window against before.
 *
 * <p>The measure: a series' <i>level</i> over a range is the quadratic mean of its highest scores
 * per five minutes, so that a short strange stretch is not drowned by the quiet around it; its
 * <i>rise</i> is its level in the window less its level before, at least 0, so that what was
 * strange all along does not count as having moved. Scores are calibrated on each series' own past,
 * which makes rises of unlike metrics comparable. A series' <i>share</i> is its part of the sum of
 * all rises; those of a node or cluster are the sums of their series'. Only stored scores are read,
 * no points: the answer costs one pass over the buckets of both ranges.
 */
public interface WindowRanking {
    /** The longest window. */
    Duration LONGEST = Duration.ofDays(7);

    /**
     * What is asked.
     *
     * @param window whole buckets
     * @param before whole buckets up to the window: four times as long, but an hour to a day
     * @param clusterId only that cluster
     */
    record Question(TimeRange window, TimeRange before, Optional<String> clusterId) {
        private static final int TIMES = 4;
        private static final Duration LEAST = Duration.ofHours(1);
        private static final Duration MOST = Duration.ofDays(1);

        /** The question about a window, widened to whole buckets. */
        public static Question of(TimeRange asked, Optional<String> clusterId) {
            TimeRange window = ScoreBucket.around(asked);
            Duration wanted = window.duration().multipliedBy(TIMES);
            Duration length =
                    wanted.compareTo(LEAST) < 0
                            ? LEAST
                            : wanted.compareTo(MOST) > 0 ? MOST : wanted;
            return new Question(
                    window, new TimeRange(window.from().minus(length), window.from()), clusterId);
        }
    }

    /**
     * How one series moved.
     *
     * @param id which
     * @param key its name
     * @param peak highest score in the window, in [0,1]
     * @param peakAt start of the five minutes of it, the earliest of equal ones
     * @param inside level in the window, in [0,1]
     * @param before level before, in [0,1]; 0 when nothing was judged then
     * @param share its share of all rises, in [0,1]
     * @param nodeShare that of its node
     * @param clusterShare that of its cluster
     */
    record Moved(
            SeriesId id,
            SeriesKey key,
            double peak,
            Instant peakAt,
            double inside,
            double before,
            double share,
            double nodeShare,
            double clusterShare) {
        /** Its level in the window less that before, at least 0. */
        public double rise() {
            return Math.max(0, inside - before);
        }
    }

    /**
     * A ranking.
     *
     * @param series how many were judged in the window
     * @param moved the greatest rises first; equal ones by peak, then by name
     */
    record Ranking(int series, List<Moved> moved) {
        /** Copies the list. */
        public Ranking {
            moved = List.copyOf(moved);
        }
    }

    /**
     * The ranking.
     *
     * @param top most series that are told, 1 to 1000; shares are of all
     */
    Uni<Ranking> rank(TenantId tenant, Question question, int top);
}
