package dev.vedette.alerting;

import static dev.vedette.alerting.AlertSamples.T0;
import static dev.vedette.alerting.AlertSamples.incident;
import static dev.vedette.alerting.AlertSamples.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the preview says is what the job then does, run second by second on a store. */
class SilencePreviewTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatThePreviewSaysIsWhatTheSilenceThenMutes(long seed) {
        // The first half of the seeds goes over the change to summer time, the second to winter.
        Instant begin = Instant.parse(seed <= 3 ? "2026-03-28T00:00:00Z" : "2026-10-24T00:00:00Z");
        Random random = new Random(seed);
        List<IncidentFacts> past = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Instant from = begin.plusSeconds(random.nextInt(2 * 86_400) / 10 * 10L);
            Instant to = from.plusSeconds(10L * (1 + random.nextInt(2000)));
            past.add(
                    incident(
                            new UUID(seed, i),
                            IncidentStatus.RESOLVED,
                            random.nextDouble(),
                            from,
                            to));
        }
        Silence silence =
                new Silence(
                        "nightly",
                        List.of(Matcher.parse("score>=0.3")),
                        "backup",
                        "ada",
                        new Schedule(
                                BERLIN,
                                LocalDateTime.ofInstant(begin, BERLIN)
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .plusMinutes(60 + random.nextInt(90)),
                                Duration.ofHours(4),
                                Optional.of("FREQ=DAILY"),
                                Set.of()),
                        Optional.empty());
        List<Route> routes =
                List.of(
                        AlertSamples.paced(
                                route("all"),
                                new Route.Pace(
                                        Duration.ofSeconds(2),
                                        Duration.ofMinutes(1),
                                        Optional.empty(),
                                        1000)));
        Instant end = begin.plus(Duration.ofDays(4));
        SilencePreview preview = SilencePreview.of(routes, List.of(), silence, past, end);
        assertEquals(40, preview.muted().size() + preview.later().size() + preview.told().size());
        assertTrue(!preview.muted().isEmpty() && !preview.told().isEmpty(), "seed " + seed);
        Set<UUID> heard = live(routes, silence, past, begin, end);
        Set<UUID> muted = new HashSet<>();
        past.forEach(one -> muted.add(one.id()));
        muted.removeAll(heard);
        Set<UUID> said = new HashSet<>();
        preview.muted().forEach(one -> said.add(one.id()));
        assertEquals(said, muted, "seed " + seed);
    }

    /** Runs the store as the job does, every ten seconds. */
    private static Set<UUID> live(
            List<Route> routes,
            Silence silence,
            List<IncidentFacts> past,
            Instant begin,
            Instant end) {
        dev.vedette.tenant.TenantId tenant = new dev.vedette.tenant.TenantId("acme");
        InMemoryAlerting store = new InMemoryAlerting();
        store.put(
                        tenant,
                        new SettingStore.Change(
                                Setting.Kind.SILENCE,
                                silence.name(),
                                Documents.write(SilenceForm.of(silence)),
                                "ada",
                                begin),
                        OptionalLong.empty(),
                        9)
                .await()
                .indefinitely();
        List<AlertReplay.Change> changes = new ArrayList<>();
        past.forEach(one -> changes.addAll(SilencePreview.life(one)));
        changes.sort(Comparator.comparing(AlertReplay.Change::at));
        int next = 0;
        for (Instant now = begin; now.isBefore(end); now = now.plusSeconds(10)) {
            while (next < changes.size() && !changes.get(next).at().isAfter(now)) {
                store.put(tenant, changes.get(next++).facts());
            }
            store.decideDue(
                    1000,
                    now,
                    one ->
                            new AlertPlans(
                                            routes,
                                            one.settings().stream()
                                                    .map(AlertSettings::silence)
                                                    .toList())
                                    .decide(one.moment()));
        }
        Set<UUID> heard = new HashSet<>();
        store.list(tenant, DeliveryQueries.Filter.ALL, Optional.empty(), 10_000)
                .await()
                .indefinitely()
                .forEach(delivery -> heard.add(delivery.incident()));
        return heard;
    }

    @Test
    void withoutRoutesItSaysWhatFits() {
        List<IncidentFacts> past =
                List.of(
                        incident(
                                UUID.randomUUID(),
                                IncidentStatus.RESOLVED,
                                0.9,
                                T0,
                                T0.plusSeconds(600)),
                        incident(
                                UUID.randomUUID(),
                                IncidentStatus.RESOLVED,
                                0.2,
                                T0,
                                T0.plusSeconds(600)));
        Silence silence =
                new Silence(
                        "s",
                        List.of(Matcher.parse("severity>=critical")),
                        "patches",
                        "ada",
                        Schedule.once(
                                ZoneId.of("UTC"),
                                LocalDateTime.ofInstant(T0, ZoneId.of("UTC")),
                                Duration.ofHours(1)),
                        Optional.empty());
        SilencePreview preview =
                SilencePreview.of(List.of(), List.of(), silence, past, T0.plus(Duration.ofDays(1)));
        assertEquals(List.of(past.getFirst()), preview.muted());
        assertEquals(List.of(past.getLast()), preview.told());
    }
}
