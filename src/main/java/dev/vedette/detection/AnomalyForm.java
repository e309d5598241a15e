package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Gives what was found the form in which it is stored: an id, words, a status.
 *
 * @param explainer says it in words
 * @param at the time given to what is new
 */
record AnomalyForm(AnomalyExplainer explainer, Instant at) {
    /**
     * An anomaly of that series.
     *
     * @param engine id of what found it
     * @param version of it
     * @param zone in which times are told
     */
    Anomaly ofSeries(Series series, String engine, int version, AnomalyResult result, ZoneId zone) {
        AnomalyPlace place = AnomalyPlace.of(series);
        return new Anomaly(
                AnomalyIds.of(series.id().value(), engine, result.windowStart()),
                place,
                result,
                List.of(),
                explainer.explain(place, result, List.of(), zone),
                engine,
                version,
                AnomalyStatus.of(result),
                at);
    }

    /**
     * An anomaly of that node as a whole.
     *
     * @param engine id of what found it
     * @param version of it
     * @param contributions of its metrics, the largest share first, at least one
     * @param zone in which times are told
     */
    Anomaly ofNode(
            AnomalyPlace place,
            String engine,
            int version,
            AnomalyResult result,
            List<Contribution> contributions,
            ZoneId zone) {
        return new Anomaly(
                AnomalyIds.of(place.node(), result.kind().label(), result.windowStart()),
                place,
                result,
                contributions,
                explainer.explain(place, result, contributions, zone),
                engine,
                version,
                AnomalyStatus.of(result),
                at);
    }
}
