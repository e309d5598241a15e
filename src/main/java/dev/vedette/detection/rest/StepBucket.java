package dev.vedette.detection.rest;

import dev.vedette.detection.SteppedPoints;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
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

    /** Steps as the API gives them. */
    static List<StepBucket> of(SteppedPoints steps, TimeFormat format) {
        List<StepBucket> buckets = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            buckets.add(
                    new StepBucket(
                            ApiTime.ofEpochMilli(steps.epochMillis()[i], format),
                            steps.min()[i],
                            steps.max()[i],
                            steps.sum()[i] / steps.count()[i],
                            steps.last()[i],
                            steps.count()[i]));
        }
        return buckets;
    }
}
