package dev.vedette.timescale;

import dev.vedette.detection.Contribution;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the contributions to a node's anomaly stand in its row. */
final class ContributionRows {
    private ContributionRows() {}

    /** The contributions as a JSON array. */
    static JsonArray json(List<Contribution> contributions) {
        JsonArray array = new JsonArray();
        for (Contribution one : contributions) {
            JsonObject json =
                    new JsonObject()
                            .put("series_id", one.seriesId())
                            .put("metric_name", one.metricName())
                            .put("labels", SeriesRows.json(one.labels()))
                            .put("share", one.share());
            one.unit().ifPresent(unit -> json.put("unit", unit));
            array.add(json);
        }
        return array;
    }

    /** The contributions of that JSON array. */
    static List<Contribution> contributions(JsonArray array) {
        List<Contribution> contributions = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonObject one = array.getJsonObject(i);
            contributions.add(
                    new Contribution(
                            one.getLong("series_id"),
                            one.getString("metric_name"),
                            SeriesRows.labels(one.getJsonObject("labels")),
                            Optional.ofNullable(one.getString("unit")),
                            one.getDouble("share")));
        }
        return contributions;
    }
}
