package dev.vedette.detection.rest;

import dev.vedette.detection.PointReader;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The points of one step of time; a step without points has no bucket.
 *
 * @param time start of the step, a multiple of the step since 1970-01-01T00:00Z
 * @param min lowest value
 * @param max highest value
 * @param avg mean of the values
 * @param last value of the newest point
 * @param count how many points, at least 1
 */
@Schema(name = "StepBucket")
public record StepBucket(ApiTime time, double min, double max, double avg, double last, int count) {

    /** The buckets of those points, oldest first. */
    static List<StepBucket> of(PointReader.Points points, Duration step, TimeFormat format) {
        long width = step.toMillis();
        List<StepBucket> buckets = new ArrayList<>();
        int start = 0;
        while (start < points.values().length) {
            long bucket = Math.floorDiv(points.epochMillis()[start], width);
            int end = start + 1;
            while (end < points.values().length
                    && Math.floorDiv(points.epochMillis()[end], width) == bucket) {
                end++;
            }
            buckets.add(of(points.values(), start, end, bucket * width, format));
            start = end;
        }
        return buckets;
    }

    private static StepBucket of(
            double[] values, int start, int end, long epochMillis, TimeFormat format) {
        double min = values[start];
        double max = values[start];
        double sum = 0;
        for (int i = start; i < end; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
            sum += values[i];
        }
        int count = end - start;
        return new StepBucket(
                ApiTime.ofEpochMilli(epochMillis, format),
                min,
                max,
                sum / count,
                values[end - 1],
                count);
    }
}
