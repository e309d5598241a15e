package dev.vedette.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.client.AccessApi;
import dev.vedette.client.AnomaliesApi;
import dev.vedette.client.ApiClient;
import dev.vedette.client.ApiException;
import dev.vedette.client.DetectionApi;
import dev.vedette.client.FeedbackApi;
import dev.vedette.client.IncidentsApi;
import dev.vedette.client.MetricsApi;
import dev.vedette.client.ThresholdsApi;
import dev.vedette.client.TransactionsApi;
import dev.vedette.client.WriteApi;
import dev.vedette.client.model.Action;
import dev.vedette.client.model.Anomaly;
import dev.vedette.client.model.AnomalyFeedbackToGive;
import dev.vedette.client.model.CreatedKey;
import dev.vedette.client.model.Feedback;
import dev.vedette.client.model.IncidentDetail;
import dev.vedette.client.model.IngestAnswer;
import dev.vedette.client.model.NewKey;
import dev.vedette.client.model.PageSeriesJson;
import dev.vedette.client.model.Problem;
import dev.vedette.client.model.Threshold;
import dev.vedette.client.model.Why;
import dev.vedette.client.model.WriteRequest;
import dev.vedette.client.model.WrittenAnswer;
import dev.vedette.client.model.WrittenSeries;
import dev.vedette.client.model.WrittenTransaction;
import dev.vedette.client.model.WrittenTransactions;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The generated client against the running service: the ways of a developer. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
// To the client all that is sent may be absent; what a test wants is there or it fails.
@NullUnmarked
final class ApiClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApiWorld world;

    ApiClientIT(ApiWorld world) {
        this.world = world;
    }

    @Test
    void writesPointsAndReadsThemBack() throws ApiException {
        String url = "http://127.0.0.1:" + RestAssured.port;
        String credential = world.token(world.newTenant(), Role.EDITOR);
        // from here on as docs/api.md has it
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + credential));
        WrittenSeries series =
                new WrittenSeries()
                        .clusterId("edge")
                        .nodeId("api-05")
                        .metricName("cpu_percent")
                        .addPointsItem(List.of(Instant.now().toEpochMilli(), 41.5));
        IngestAnswer answer =
                new WriteApi(client).writeMetrics(new WriteRequest().addSeriesItem(series), null);
        PageSeriesJson known =
                new MetricsApi(client).listSeries("edge", null, 10, null, null, null);
        assertEquals(1, answer.getAccepted());
        assertEquals("api-05", known.getItems().getFirst().getNodeId());
    }

    @Test
    void documentedExampleIsTheOneThatRuns() throws IOException {
        String page = Files.readString(Path.of("docs", "api.md"));
        int begin = page.indexOf("```java") + "```java".length();
        String example = page.substring(begin, page.indexOf("```", begin));
        String source =
                Files.readString(Path.of("src/test/java/dev/vedette/http/ApiClientIT.java"));
        assertTrue(withoutBlanks(source).contains(withoutBlanks(example)), example);
    }

    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    void pointsAreReadAndWhyTellsOfThem() throws ApiException {
        ApiClient client = client(world.newTenant(), Role.EDITOR);
        Instant time = Instant.parse("2026-11-20T10:00:00Z");
        WrittenSeries series =
                new WrittenSeries()
                        .clusterId("edge")
                        .nodeId("api-06")
                        .metricName("cpu_percent")
                        .addPointsItem(List.of(time.toEpochMilli(), 41.5))
                        .addPointsItem(List.of(time.plusSeconds(60).toEpochMilli(), 42.5));
        new WriteApi(client).writeMetrics(new WriteRequest().addSeriesItem(series), null);
        var read =
                new MetricsApi(client)
                        .readMetrics(
                                "edge",
                                "cpu_percent",
                                "api-06",
                                false,
                                "2026-11-20T10:00:00Z",
                                null,
                                null,
                                "2026-11-20T10:05:00Z");
        assertEquals(
                List.of(41.5, 42.5),
                read.getSeries().getFirst().getPoints().stream()
                        .map(point -> ((Number) point.get(1)).doubleValue())
                        .toList());
        DetectionApi detection = new DetectionApi(client);
        await().untilAsserted(() -> {
            Why why = detection.why("edge", "cpu_percent", "api-06", null, null);
            assertFalse(why.getText().isBlank());
        });
    }

    @Test
    void anAnomalyIsFoundReadAndJudged() throws ApiException {
        ApiClient client = client(ApiWorld.A, Role.ANALYST);
        AnomaliesApi anomalies = new AnomaliesApi(client);
        Anomaly found =
                anomalies
                        .listAnomalies(
                                ApiWorld.SECRET,
                                null,
                                null,
                                null,
                                10,
                                "cpu",
                                0.5,
                                "n1",
                                null,
                                null,
                                null,
                                null)
                        .getItems()
                        .getFirst();
        String id = found.getId().toString();
        assertEquals("zanzibar rose", anomalies.readAnomaly(id, null).getExplanation());
        FeedbackApi feedback = new FeedbackApi(client);
        // an anomaly belongs to an incident, and can be judged, a moment after it was found
        Feedback given =
                await().atMost(PATIENCE)
                        .ignoreExceptionsMatching(ApiClientIT::isConflict)
                        .until(() -> confirm(feedback, id), one -> one.getId() != null);
        assertEquals(found.getId(), given.getAnomalyId());
        assertTrue(
                feedback.listFeedback(null, 100).getItems().stream()
                        .anyMatch(one -> one.getId().equals(given.getId())));
        feedback.withdrawFeedback(given.getId().toString());
    }

    @Test
    void anIncidentIsAcknowledged() throws ApiException {
        IncidentsApi incidents = new IncidentsApi(client(ApiWorld.A, Role.ANALYST));
        UUID id =
                incidents
                        .listIncidents(null, null, null, 10, null, null, null, null)
                        .getItems()
                        .getFirst()
                        .getId();
        incidents.actOnIncident(id.toString(), new Action().action("acknowledge").note("mine"));
        IncidentDetail now = incidents.readIncident(id.toString(), null);
        assertEquals("tester", now.getAcknowledged().getBy());
        assertFalse(now.getTimeline().isEmpty());
    }

    @Test
    void aPaymentIsDecidedAndReadBack() throws ApiException {
        TransactionsApi payments = new TransactionsApi(client(world.newTenant(), Role.EDITOR));
        // a process opens its desks a moment after it has started; a payment counts once
        WrittenAnswer answer =
                await().atMost(PATIENCE)
                        .until(
                                () -> payments.writeTransactions(payment(), true, null),
                                one -> one.getItems().getFirst().getDecision() != null);
        assertEquals(1, answer.getAccepted());
        String outcome = answer.getItems().getFirst().getDecision().getOutcome();
        await().untilAsserted(() ->
                assertEquals(
                        outcome,
                        payments.listTransactions(
                                        "acme", null, null, null, null, 10, null, null, null, null,
                                        null)
                                .getItems()
                                .getFirst()
                                .getOutcome()));
    }

    @Test
    void anIdempotencyKeyMakesAKeyOnce() throws ApiException {
        AccessApi access = new AccessApi(client(world.newTenant(), Role.ADMIN));
        NewKey wanted = new NewKey().name("collector").addRolesItem("ingest");
        String once = UUID.randomUUID().toString();
        CreatedKey first = access.createApiKey(wanted, once);
        CreatedKey second = access.createApiKey(wanted, once);
        assertEquals(first.getSecret(), second.getSecret());
        assertEquals(1, access.listApiKeys(null, 10).getItems().size());
    }

    @Test
    void aThresholdComesBackTyped() throws ApiException {
        ThresholdsApi thresholds = new ThresholdsApi(client(world.newTenant(), Role.EDITOR));
        var made =
                thresholds.createThreshold(
                        new Threshold().name("calm").threshold(0.8), UUID.randomUUID().toString());
        assertEquals(0.8, made.getThreshold());
        assertEquals("tester", made.getChangedBy());
    }

    @Test
    void aRefusalIsAProblem() throws IOException {
        ApiClient client = client(world.newTenant(), Role.VIEWER);
        ApiException refused =
                assertThrows(ApiException.class, () -> new AccessApi(client).listApiKeys(null, 10));
        Problem problem = problem(client, refused);
        assertEquals(403, problem.getStatus());
        assertEquals("https://vedette.dev/problems/forbidden", problem.getType().toString());
        assertFalse(problem.getRequestId().isBlank());
    }

    @Test
    void aRefusedBodyTellsWhereAndWhatToSend() throws IOException {
        ApiClient client = client(world.newTenant(), Role.EDITOR);
        ApiException refused =
                assertThrows(
                        ApiException.class,
                        () ->
                                new ThresholdsApi(client)
                                        .createThreshold(
                                                new Threshold().name("Not a name").threshold(0.7),
                                                null));
        Problem problem = problem(client, refused);
        assertEquals(400, problem.getStatus());
        assertEquals("/name", problem.getErrors().getFirst().getPointer());
        assertFalse(problem.getErrors().getFirst().getFix().isBlank());
    }

    private static Feedback confirm(FeedbackApi feedback, String anomaly) throws ApiException {
        return feedback.giveAnomalyFeedback(
                anomaly,
                new AnomalyFeedbackToGive().verdict("confirmed").comment("a deploy"),
                UUID.randomUUID().toString());
    }

    private static WrittenTransactions payment() {
        return new WrittenTransactions()
                .addTransactionsItem(
                        new WrittenTransaction()
                                .transactionId(UUID.randomUUID().toString())
                                .accountId("acme")
                                .amount(12.5)
                                .currency("EUR")
                                .time(Instant.now().toString()));
    }

    private static boolean isConflict(Throwable e) {
        return e instanceof ApiException refused && refused.getCode() == 409;
    }

    /** As docs/api.md has it. */
    private static Problem problem(ApiClient client, ApiException refused) throws IOException {
        return client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
    }

    private ApiClient client(TenantId tenant, Role role) {
        String token = world.token(tenant, role);
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + RestAssured.port);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }
}
