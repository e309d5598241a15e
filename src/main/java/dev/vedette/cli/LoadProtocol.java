package dev.vedette.cli;

import dev.vedette.ingestion.body.ProtobufWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/** How a benchmark's points are sent. */
enum LoadProtocol {
    /** {@code POST /api/v1/metrics}. */
    JSON {
        @Override
        String path() {
            return "/api/v1/metrics";
        }

        @Override
        byte[] head(Place place) {
            String head =
                    "{\"cluster_id\":\""
                            + place.cluster()
                            + "\",\"node_id\":\""
                            + place.node()
                            + "\",\"metric_name\":\""
                            + place.metric()
                            + "\",\"unit\":\"percent\",\"points\":[";
            return head.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        byte[] body(LoadPoints points) {
            StringBuilder json = new StringBuilder(points.series() * (100 + points.each() * 22));
            json.append("{\"series\":[");
            for (int i = 0; i < points.series(); i++) {
                json.append(i == 0 ? "" : ",");
                json.append(new String(points.head(i), StandardCharsets.ISO_8859_1));
                for (int p = 0; p < points.each(); p++) {
                    int hundredths = points.hundredths();
                    json.append(p == 0 ? "[" : ",[").append(points.time(p)).append(',');
                    json.append(hundredths / 100).append('.').append(hundredths / 10 % 10);
                    json.append(hundredths % 10).append(']');
                }
                json.append("]}");
            }
            return json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        void headers(HttpRequest.Builder request) {
            request.header("Content-Type", "application/json");
        }

        @Override
        boolean isWhole(HttpResponse<String> response) {
            return response.statusCode() == 200 && response.body().contains("\"rejected\":0");
        }
    },
    /** Prometheus remote write 1.0. */
    REMOTE_WRITE {
        @Override
        String path() {
            return "/api/v1/write";
        }

        @Override
        byte[] head(Place place) {
            ProtobufWriter labels = new ProtobufWriter();
            label(labels, "__name__", place.metric());
            label(labels, "cluster", place.cluster());
            label(labels, "instance", place.node() + ":9100");
            label(labels, "job", "bench");
            return labels.toBytes();
        }

        @Override
        byte[] body(LoadPoints points) throws IOException {
            ProtobufWriter request = new ProtobufWriter();
            ProtobufWriter series = new ProtobufWriter();
            ProtobufWriter sample = new ProtobufWriter();
            for (int i = 0; i < points.series(); i++) {
                byte[] head = points.head(i);
                series.clear().raw(head, 0, head.length);
                for (int p = 0; p < points.each(); p++) {
                    sample.clear().float64(1, points.hundredths() / 100.0);
                    series.message(2, sample.number(2, points.time(p)));
                }
                request.message(1, series);
            }
            return Snappy.compress(request.toBytes());
        }

        @Override
        void headers(HttpRequest.Builder request) {
            request.header("Content-Type", "application/x-protobuf")
                    .header("Content-Encoding", "snappy")
                    .header("X-Prometheus-Remote-Write-Version", "0.1.0");
        }

        @Override
        boolean isWhole(HttpResponse<String> response) {
            return response.statusCode() == 204;
        }
    };

    /** Where a series is. */
    record Place(String cluster, String node, String metric) {}

    private static void label(ProtobufWriter labels, String name, String value) {
        labels.message(1, new ProtobufWriter().text(1, name).text(2, value));
    }

    abstract String path();

    /** What is the same in every request that holds the series. */
    abstract byte[] head(Place place);

    abstract byte[] body(LoadPoints points) throws IOException;

    abstract void headers(HttpRequest.Builder request);

    /** Whether every point of the request is durable. */
    abstract boolean isWhole(HttpResponse<String> response);
}
