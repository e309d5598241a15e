package dev.vedette.ingestion.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Problem;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseTestResource.class)
final class InfluxResourceIT {
    private static final List<String> PATHS =
            List.of("/api/v1/influx/write?db=telegraf", "/api/v2/write?org=o&bucket=b");
    private static final String TEXT = "text/plain; charset=utf-8";

    private final WriteApi api;
    private final String node = "n-" + UUID.randomUUID();

    InfluxResourceIT(WriteApi api) {
        this.api = api;
    }

    // as Telegraf 1.3x writes it: inputs.cpu, inputs.system, inputs.disk
    private byte[] telegraf() {
        return """
        cpu,cluster=eu-1,cpu=cpu-total,host=%1$s usage_user=4.5,usage_idle=90.25 1769860800000000000
        system,cluster=eu-1,host=%1$s load1=0.5,n_cpus=2i 1769860800000000000
        system,cluster=eu-1,host=%1$s uptime_format="1 day,  2:03" 1769860800000000000
        disk,cluster=eu-1,device=sda1,fstype=ext4,host=%1$s,mode=rw,path=/var\\ lib used_percent=71.5 1769860800000000000
        """
                .formatted(node)
                .getBytes(UTF_8);
    }

    @Test
    void linesOfTelegrafAreStoredOnBothPaths() {
        for (String path : PATHS) {
            api.request(Role.INGEST, TEXT)
                    .header("Content-Encoding", "gzip")
                    .body(WriteApi.gzip(telegraf()))
                    .post(path)
                    .then()
                    .statusCode(204);
        }
        assertArrayEquals(
                new double[] {4.5},
                api.stored(key("cpu_usage_user", Map.of("cpu", "cpu-total"))).values());
        assertArrayEquals(new double[] {2}, api.stored(key("system_n_cpus", Map.of())).values());
        assertArrayEquals(
                new double[] {71.5},
                api.stored(
                                key(
                                        "disk_used_percent",
                                        Map.of(
                                                "device",
                                                "sda1",
                                                "fstype",
                                                "ext4",
                                                "mode",
                                                "rw",
                                                "path",
                                                "/var lib")))
                        .values());
    }

    @Test
    void apiKeyComesTheWaysInfluxClientsSendIt() {
        String key = api.apiKey();
        byte[] line = ("m,host=" + node + " v=1 1769860800").getBytes(UTF_8);
        String basic = Base64.getEncoder().encodeToString(("any:" + key).getBytes(UTF_8));
        for (String authorization : List.of("Token " + key, "Basic " + basic, "Bearer " + key)) {
            RestAssured.given()
                    .header("Authorization", authorization)
                    .body(line)
                    .post("/api/v2/write?precision=s")
                    .then()
                    .statusCode(204);
        }
        for (String authorization :
                List.of("Token x", "Basic !", "Basic " + basic + "x", "Digest a")) {
            RestAssured.given()
                    .header("Authorization", authorization)
                    .body(line)
                    .post("/api/v2/write?precision=s")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void brokenLineIsToldAndTheOthersStored() {
        String lines = "m,cluster=eu-1,host=" + node + " value=1 1769860800\nbroken\n";
        api.request(Role.INGEST, TEXT)
                .body(lines.getBytes(UTF_8))
                .post("/api/v2/write?precision=s")
                .then()
                .statusCode(400)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("errors[0].code", equalTo("line_malformed"))
                .body("errors[0].pointer", equalTo("/lines/1"));
        assertArrayEquals(new double[] {1}, api.stored(key("m", Map.of())).values());
    }

    @Test
    void hostileBodiesAreRefused() {
        api.request(Role.INGEST, TEXT)
                .body("m v=1".getBytes(UTF_8))
                .post("/api/v2/write?precision=fortnight")
                .then()
                .statusCode(400);
        api.request(Role.INGEST, TEXT)
                .header("Content-Encoding", "gzip")
                .body(WriteApi.gzip(new byte[80 << 20]))
                .post(PATHS.getFirst())
                .then()
                .statusCode(413);
        api.request(Role.INGEST, TEXT)
                .header("Content-Encoding", "gzip")
                .body("no gzip".getBytes(UTF_8))
                .post(PATHS.getFirst())
                .then()
                .statusCode(400);
    }

    private SeriesKey key(String metric, Map<String, String> labels) {
        return new SeriesKey(WriteApi.ACME, "eu-1", node, metric, Labels.of(labels));
    }
}
