package dev.vedette.dashboard;

import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.explanation.ValueLimits;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judged series as the charts draw them: point by point, known gaps left out. */
@ApplicationScoped
class Bands {
    private final PointJudge judge;

    Bands(PointJudge judge) {
        this.judge = judge;
    }

    /**
     * The judged points of those series in that range, oldest first; an empty list for a series
     * without points. Answers on a worker thread.
     *
     * @param most most points read per series, those before the range included
     */
    Uni<Map<SeriesId, List<Judged>>> judged(
            TenantId tenant, List<Series> series, TimeRange range, int most) {
        return judge.judge(tenant, series, range, most)
                .map(columns -> {
                    Map<SeriesId, List<Judged>> judged = new HashMap<>();
                    for (Series one : series) {
                        JudgedSeries found = columns.get(one.id());
                        if (found != null) {
                            judged.put(one.id(), points(found, ValueLimits.of(one.unit())));
                        }
                    }
                    return judged;
                });
    }

    private static List<Judged> points(JudgedSeries series, ValueLimits limits) {
        List<Judged> points = new ArrayList<>(series.size());
        for (int i = 0; i < series.size(); i++) {
            if (Double.isFinite(series.values()[i])) {
                double lower = series.lower()[i];
                double upper = series.upper()[i];
                points.add(
                        new Judged(
                                series.epochMillis()[i],
                                series.values()[i],
                                series.expected()[i],
                                limits.lower(lower, upper),
                                limits.upper(lower, upper),
                                series.strangest(i)));
            }
        }
        return points;
    }
}
