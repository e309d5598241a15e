package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.series.Series;
import java.util.UUID;

/** Where the pages are. */
final class Links {
    private Links() {}

    /** The page of a node. */
    static String node(String cluster, String node, String query) {
        return "/nodes/" + Frames.encode(cluster) + "/" + Frames.encode(node) + asked(query);
    }

    /** The page of an anomaly. */
    static String anomaly(Anomaly anomaly) {
        return anomaly(anomaly.id());
    }

    /** The page of the anomaly of that id. */
    static String anomaly(UUID id) {
        return "/anomalies/" + id;
    }

    /** The page of the incident of that id. */
    static String incident(UUID id) {
        return "/incidents/" + id;
    }

    /** The page of a series. */
    static String series(Series series, String query) {
        return "/series/" + series.id().value() + asked(query);
    }

    /** The series of a cluster. */
    static String cluster(String cluster) {
        return "/explore?cluster_id=" + Frames.encode(cluster);
    }

    private static String asked(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }
}
