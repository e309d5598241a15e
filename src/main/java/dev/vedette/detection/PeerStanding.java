package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.CorruptSnapshotException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one node stands among its peers over time: the life cycle of the anomaly that it stands
 * apart, over comparisons of five minutes each.
 *
 * <p>A metric counts once it has stood apart on one side in {@value #PERSISTENT} comparisons
 * without coming half of the way back in between, and no more after {@value #QUIET} in a row in
 * which it had. An anomaly of the node is open while any metric counts. After a day of standing
 * apart that is how the node is: it counts no more until it has come back. What was told is told
 * again within a week only when it is twice as far, so that a node with a nightly job of its own is
 * told once. Not thread-safe.
 */
final class PeerStanding {
    /** Comparisons in which a metric must stand apart. */
    static final int PERSISTENT = 6;

    /** Comparisons in a row that end it. */
    static final int QUIET = 3;

    private static final byte VERSION = 2;
    private static final long USUAL_MILLIS = 24 * 3_600_000L;
    private static final long REMEMBERED_MILLIS = 7 * USUAL_MILLIS;
    private static final double AGAIN = 2;

    /** Below this share of what it takes it is quiet. */
    private static final double HELD = 0.5;

    private static final long CLOSED = Long.MIN_VALUE;

    private static final int RUN_BYTES = 4 * Long.BYTES + 2 * Integer.BYTES + 2 + 6 * Double.BYTES;

    /** Most metrics remembered; further ones are not looked at until others are forgotten. */
    private static final int MOST = 256;

    private final Map<Long, Run> runs = new TreeMap<>();
    private long openSince = CLOSED;

    /**
     * How one metric compares now.
     *
     * @param score how far apart, in [0,1)
     * @param share of what it takes to stand apart, signed; 1 or more in size does
     * @param value its level
     * @param usual the median of all nodes
     * @param lower the lowest of the others that do not stand apart
     * @param upper the highest of them
     * @param isRate whether these are what it rises in a second
     */
    record Compared(
            double score,
            double share,
            double value,
            double usual,
            double lower,
            double upper,
            boolean isRate) {
        private boolean isApart() {
            return Math.abs(share) >= 1;
        }
    }

    /**
     * The anomaly that the node stands apart.
     *
     * @param result observed is the level of the metric that is farthest off, expected the median
     *     of all nodes, lower and upper the ends of the others
     * @param shares by series, the largest first; they sum to 1
     * @param isRate whether the first of them is compared by what it rises in a second
     */
    record Apart(AnomalyResult result, Map<Long, Double> shares, boolean isRate) {}

    /** How a metric has stood since it began to stand apart. */
    private static final class Run {
        private final long since;
        private long latest;
        private long peakAt;
        private int apart;
        private int quiet;
        private boolean told;
        private Compared farthest;

        Run(long since, Compared farthest) {
            this.since = since;
            this.peakAt = since;
            this.farthest = farthest;
        }

        void follow(long bucket, Compared compared) {
            double share = Math.copySign(1, farthest.share) * compared.share;
            quiet = share >= HELD ? 0 : quiet + 1;
            if (share >= 1) {
                latest = bucket;
                apart++;
            }
            if (share > peak()) {
                peakAt = bucket;
                farthest = compared;
            }
        }

        double peak() {
            return Math.abs(farthest.share);
        }

        boolean isOver() {
            return quiet >= (told ? QUIET : 1);
        }

        boolean counts(long bucket) {
            return apart >= PERSISTENT && !isOver() && bucket - since < USUAL_MILLIS;
        }

        boolean isForgotten(long bucket) {
            return isOver() && (!told || bucket - latest >= REMEMBERED_MILLIS);
        }
    }

    /**
     * Takes a comparison in.
     *
     * @param bucket its time, later than that of the last, milliseconds since 1970-01-01T00:00Z
     * @param compared by series; those that could not be compared are left out
     * @return the anomaly in its latest state when one is open, or closes now
     */
    Optional<Apart> update(long bucket, Map<Long, Compared> compared) {
        compared.forEach((series, one) -> follow(bucket, series, one));
        boolean counts = false;
        for (Run run : runs.values()) {
            if (run.counts(bucket)) {
                counts = true;
                run.told = true;
                openSince = isOpen() ? openSince : run.since;
            }
        }
        Optional<Apart> apart = isOpen() ? Optional.of(apart(counts)) : Optional.empty();
        openSince = counts ? openSince : CLOSED;
        runs.values().removeIf(run -> run.isForgotten(bucket));
        return apart;
    }

    private void follow(long bucket, long series, Compared compared) {
        Run run = runs.get(series);
        boolean isNews = run == null ? runs.size() < MOST : isAgain(run, compared);
        if (run != null && !run.isOver()) {
            run.follow(bucket, compared);
        } else if (compared.isApart() && isNews) {
            Run begun = new Run(bucket, compared);
            begun.follow(bucket, compared);
            runs.put(series, begun);
        }
    }

    private static boolean isAgain(Run before, Compared compared) {
        return Math.abs(compared.share) >= AGAIN * before.peak();
    }

    private Apart apart(boolean open) {
        List<Map.Entry<Long, Run>> told =
                runs.entrySet().stream()
                        .filter(one -> one.getValue().told && one.getValue().latest >= openSince)
                        .sorted(Comparator.comparingDouble(one -> -one.getValue().peak()))
                        .toList();
        double all = told.stream().mapToDouble(one -> one.getValue().peak()).sum();
        Map<Long, Double> shares = new LinkedHashMap<>();
        told.forEach(one -> shares.put(one.getKey(), one.getValue().peak() / all));
        long latest = told.stream().mapToLong(one -> one.getValue().latest).max().orElseThrow();
        Run first = told.getFirst().getValue();
        return new Apart(result(first, latest, open), shares, first.farthest.isRate);
    }

    private AnomalyResult result(Run first, long latest, boolean open) {
        Compared farthest = first.farthest;
        double widths =
                Math.abs(farthest.value - farthest.usual) / (farthest.upper - farthest.lower);
        return new AnomalyResult(
                Instant.ofEpochMilli(openSince),
                Instant.ofEpochMilli(latest),
                Instant.ofEpochMilli(first.peakAt),
                open,
                farthest.score,
                AnomalyKind.PEER,
                Double.isFinite(widths)
                        ? Math.min(widths / (1 + widths), Math.nextDown(1.0))
                        : Math.nextDown(1.0),
                first.apart / (first.apart + 2.0),
                farthest.value,
                farthest.usual,
                farthest.lower,
                farthest.upper,
                first.apart,
                Map.of("peers", farthest.score));
    }

    /** Whether the anomaly is open. */
    boolean isOpen() {
        return openSince != CLOSED;
    }

    /** Whether there is nothing to remember. */
    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** The whole state. */
    byte[] snapshot() {
        ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + RUN_BYTES * runs.size());
        out.put(VERSION).putLong(openSince);
        runs.forEach((series, run) -> {
            Compared far = run.farthest;
            out.putLong(series).putLong(run.since).putLong(run.latest).putLong(run.peakAt);
            out.putInt(run.apart).putInt(run.quiet).put((byte) (run.told ? 1 : 0));
            out.put((byte) (far.isRate ? 1 : 0));
            out.putDouble(far.score).putDouble(far.share).putDouble(far.value);
            out.putDouble(far.usual).putDouble(far.lower).putDouble(far.upper);
        });
        return out.array();
    }

    /**
     * That of a snapshot.
     *
     * @throws CorruptSnapshotException when it is no whole snapshot of this version
     */
    static PeerStanding restore(byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        if (in.remaining() < 1 + Long.BYTES
                || (in.remaining() - 1 - Long.BYTES) % RUN_BYTES != 0
                || in.get() != VERSION) {
            throw new CorruptSnapshotException(
                    "standing of a node is cut off or of another version");
        }
        PeerStanding standing = new PeerStanding();
        standing.openSince = in.getLong();
        while (in.hasRemaining()) {
            long series = in.getLong();
            long since = in.getLong();
            long latest = in.getLong();
            long peakAt = in.getLong();
            int apart = in.getInt();
            int quiet = in.getInt();
            boolean told = in.get() != 0;
            boolean isRate = in.get() != 0;
            Run run =
                    new Run(
                            since,
                            new Compared(
                                    in.getDouble(),
                                    in.getDouble(),
                                    in.getDouble(),
                                    in.getDouble(),
                                    in.getDouble(),
                                    in.getDouble(),
                                    isRate));
            run.latest = latest;
            run.peakAt = peakAt;
            run.apart = apart;
            run.quiet = quiet;
            run.told = told;
            standing.runs.put(series, run);
        }
        return standing;
    }
}
