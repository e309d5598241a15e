package dev.vedette.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Leaves out points that no screen can show, but never an extreme: a spike survives. */
final class Thinning {
    /** Bins over the width of a chart: about one per two pixels of a wide one. */
    static final int BINS = 420;

    private Thinning() {}

    /**
     * The points to draw: of each of that many equal stretches of time the first, the last, the
     * lowest and the highest. Points already few enough come back as they are.
     *
     * @param points oldest first
     */
    static List<Judged> thin(List<Judged> points, TimeAxis axis, int bins) {
        if (points.size() <= bins * 2) {
            return points;
        }
        List<Judged> kept = new ArrayList<>(bins * 4);
        int start = 0;
        while (start < points.size()) {
            int bin = bin(points.get(start), axis, bins);
            int end = start + 1;
            while (end < points.size() && bin(points.get(end), axis, bins) == bin) {
                end++;
            }
            keepExtremes(points, start, end, kept);
            start = end;
        }
        return kept;
    }

    private static int bin(Judged point, TimeAxis axis, int bins) {
        return (int) Math.floor(axis.share(point.at()) * bins);
    }

    private static void keepExtremes(List<Judged> points, int start, int end, List<Judged> kept) {
        int lowest = start;
        int highest = start;
        for (int i = start; i < end; i++) {
            if (points.get(i).value() < points.get(lowest).value()) {
                lowest = i;
            }
            if (points.get(i).value() > points.get(highest).value()) {
                highest = i;
            }
        }
        int[] indexes = {start, lowest, highest, end - 1};
        Arrays.sort(indexes);
        int last = -1;
        for (int index : indexes) {
            if (index != last) {
                kept.add(points.get(index));
            }
            last = index;
        }
    }

    /**
     * The longest pause that is not a gap: three and a half times the usual distance of two points,
     * and what thinning may leave between two points it keeps.
     *
     * @param points before thinning, oldest first
     */
    static long longestPause(List<Judged> points, TimeAxis axis, int bins) {
        long between =
                points.size() > bins * 2 ? axis.range().duration().toMillis() * 5 / (bins * 2L) : 0;
        return Math.max(between, usualPause(points));
    }

    /** Three and a half times the usual distance of two points; no bound below three points. */
    static long usualPause(List<Judged> points) {
        if (points.size() < 3) {
            return Long.MAX_VALUE;
        }
        long[] steps = new long[points.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = points.get(i + 1).at() - points.get(i).at();
        }
        Arrays.sort(steps);
        return (long) (steps[steps.length / 2] * 3.5);
    }
}
