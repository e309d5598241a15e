package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.transaction.Outcome;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/** Where the pages are. */
final class Links {
    private Links() {}

    /** The page of a node: of an account its payments. */
    static String node(String cluster, String node, String query) {
        return cluster.equals(AnomalySource.PAYMENTS)
                ? payments(node, Optional.empty(), "")
                : "/nodes/" + Frames.encode(cluster) + "/" + Frames.encode(node) + asked(query);
    }

    /** The page of an anomaly: of a payment the payment's. */
    static String anomaly(Anomaly anomaly) {
        return anomaly.place()
                .payment()
                .map(payment -> payment(payment.transactionId()))
                .orElseGet(() -> anomaly(anomaly.id()));
    }

    /** The page of the anomaly of that id. */
    static String anomaly(UUID id) {
        return "/anomalies/" + id;
    }

    /** The page of the incident of that id. */
    static String incident(UUID id) {
        return "/incidents/" + id;
    }

    /** The page of the transaction of that id. */
    static String payment(String id) {
        return "/transactions/" + Frames.encode(id);
    }

    /** Where it is said of a payment that waits what it was. */
    static String review(String id) {
        return "/reviews/" + Frames.encode(id);
    }

    /**
     * The payments that wait for a person.
     *
     * @param cursor where the queue goes on; empty for its beginning
     * @param said the one that was judged last; empty before
     */
    static String reviews(String cursor, String said) {
        StringJoiner query = new StringJoiner("&");
        if (!cursor.isEmpty()) {
            query.add("cursor=" + Frames.encode(cursor));
        }
        if (!said.isEmpty()) {
            query.add("said=" + Frames.encode(said));
        }
        return "/reviews" + asked(query.toString());
    }

    /** The rule of that name, in its form. */
    static String rule(String name) {
        return "/rules?rule=" + Frames.encode(name);
    }

    /**
     * The decided transactions.
     *
     * @param account of that account; empty for any
     * @param cursor where the list goes on; empty for its beginning
     */
    static String payments(String account, Optional<Outcome> outcome, String cursor) {
        StringJoiner query = new StringJoiner("&");
        if (!account.isEmpty()) {
            query.add("account=" + Frames.encode(account));
        }
        outcome.ifPresent(one -> query.add("outcome=" + one.label()));
        if (!cursor.isEmpty()) {
            query.add("cursor=" + Frames.encode(cursor));
        }
        return "/transactions" + asked(query.toString());
    }

    /** What moved in that range. */
    static String moved(TimeRange range) {
        return "/moved?from=" + range.from() + "&to=" + range.to();
    }

    /** The page of a series. */
    static String series(Series series, String query) {
        return "/series/" + series.id().value() + asked(query);
    }

    /** The series of a cluster: of that of all accounts the payments. */
    static String cluster(String cluster) {
        return cluster.equals(AnomalySource.PAYMENTS)
                ? payments("", Optional.empty(), "")
                : "/explore?cluster_id=" + Frames.encode(cluster);
    }

    /** The series of that filter as a file. */
    static String seriesFile(SeriesDirectory.Filter filter) {
        StringJoiner query = new StringJoiner("&");
        filter.clusterId().ifPresent(one -> query.add("cluster_id=" + Frames.encode(one)));
        filter.nodeId().ifPresent(one -> query.add("node_id=" + Frames.encode(one)));
        filter.metricName().ifPresent(one -> query.add("metric_name=" + Frames.encode(one)));
        return "/exports/series.csv" + asked(query.toString());
    }

    /** The points of a series as a file, in that window, with what stands beside them. */
    static String pointsFile(Series series, String window, Beside beside) {
        return "/exports/points.csv?series=" + series.id().value() + "&" + window + beside.query();
    }

    /** The anomalies of a node, or of one metric of it, as a file, in that window. */
    static String anomaliesFile(
            String cluster, String node, Optional<String> metric, String window) {
        return "/exports/anomalies.csv?cluster_id="
                + Frames.encode(cluster)
                + "&node_id="
                + Frames.encode(node)
                + metric.map(name -> "&metric_name=" + Frames.encode(name)).orElse("")
                + "&"
                + window;
    }

    private static String asked(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }
}
