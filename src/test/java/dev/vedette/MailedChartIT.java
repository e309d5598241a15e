package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.TestDatabase;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A series breaks, and the mail about it that the packaged service sends shows how. Needs the
 * package: skipped where there is none.
 */
final class MailedChartIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int POINTS = 2_000;
    private static final int BROKEN = 15;
    // Where the line leaves the band; as the mail's picture has it.
    private static final int RED = 0xFFC62828;

    @TempDir Path folder;

    @Test
    void mailAboutAnIncidentShowsTheSeriesThatBroke() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        mail.start();
        Map<String, String> settings =
                Map.of(
                        "VEDETTE_MAIL_HOST", "127.0.0.1",
                        "VEDETTE_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()),
                        "VEDETTE_MAIL_START_TLS", "disabled");
        try (TestDatabase database = TestDatabase.embedded();
                ServiceProcess service = ServiceProcess.start(JAR, database, folder, settings)) {
            post(
                    service,
                    "/api/v1/channels",
                    "{\"name\":\"ops\",\"kind\":\"email\",\"to\":[\"oncall@example.org\"]}");
            post(service, "/api/v1/routes", "{\"name\":\"all\",\"channels\":[\"ops\"]}");
            post(service, "/api/v1/metrics", points());
            await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length > 0);
            BufferedImage chart =
                    ImageIO.read(
                            picture(mail.getReceivedMessages()[0]).orElseThrow().getInputStream());
            assertEquals(4, chart.getWidth() / chart.getHeight());
            assertNotEquals(0, count(chart, RED), "the chart does not show what broke");
        } finally {
            mail.stop();
        }
    }

    private static void post(ServiceProcess service, String path, String body) {
        Answer answer = service.postAsync(path, body).join();
        assertEquals(2, answer.status() / 100, answer.body());
    }

    /** A day and more of usual values, and then some that are not. */
    static String points() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60L * POINTS);
        Random random = new Random(7);
        StringBuilder json =
                new StringBuilder(
                        "{\"series\":[{\"cluster_id\":\"edge\",\"node_id\":\"api-05\","
                                + "\"metric_name\":\"cpu_percent\",\"points\":[");
        for (int i = 0; i < POINTS; i++) {
            double value = i < POINTS - BROKEN ? 40 + 2 * random.nextGaussian() : 95;
            json.append(i == 0 ? "[" : ",[")
                    .append(start.plusSeconds(60L * i).toEpochMilli())
                    .append(',')
                    .append(value)
                    .append(']');
        }
        return json.append("]}]}").toString();
    }

    private static Optional<BodyPart> picture(Part mail) throws Exception {
        Multipart many = (Multipart) mail.getContent();
        for (int i = 0; i < many.getCount(); i++) {
            BodyPart one = many.getBodyPart(i);
            Optional<BodyPart> found =
                    one.isMimeType("image/png")
                            ? Optional.of(one)
                            : one.isMimeType("multipart/*") ? picture(one) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static int count(BufferedImage image, int colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }
}
