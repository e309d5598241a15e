package dev.vedette.alerting;

import static dev.vedette.alerting.AlertSamples.T0;
import static dev.vedette.alerting.AlertSamples.incident;
import static dev.vedette.alerting.AlertSamples.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertPlansTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final List<AlertReplay.Change> past = new ArrayList<>();
    private final UUID one = UUID.nameUUIDFromBytes(new byte[] {1});
    private final UUID two = UUID.nameUUIDFromBytes(new byte[] {2});

    @Test
    void anIncidentIsToldOnceUpdatedAndThenOver() {
        open(one, 0, 0.9);
        known(minute(3), widened(incident(one, IncidentStatus.OPEN, 0.95, T0, minute(3))));
        over(one, 10, 0.95);
        assertEquals(
                List.of("opened 0:02", "updated 3:00", "resolved 12:00"),
                told(List.of(route("all")), List.of(), 60));
    }

    @Test
    void oneThatBeginsAgainBeforeItCountsAsOverIsNotToldAgain() {
        open(one, 0, 0.9);
        over(one, 5, 0.9);
        known(minute(6), incident(one, IncidentStatus.OPEN, 0.9, T0, minute(6)));
        over(one, 20, 0.9);
        assertEquals(
                List.of("opened 0:02", "resolved 22:00"),
                told(List.of(route("all")), List.of(), 60));
    }

    @Test
    void oneThatWasOverAndBeginsAgainIsToldAgain() {
        open(one, 0, 0.9);
        over(one, 5, 0.9);
        known(minute(20), incident(one, IncidentStatus.OPEN, 0.9, T0, minute(20)));
        assertEquals(
                List.of("opened 0:02", "resolved 7:00", "opened 20:02"),
                told(List.of(route("all")), List.of(), 60));
    }

    @Test
    void whatIsOverBeforeAnybodyLookedIsToldAllTheSame() {
        past.add(
                new AlertReplay.Change(
                        minute(10), incident(one, IncidentStatus.RESOLVED, 0.9, T0, minute(5))));
        assertEquals(
                List.of("opened 10:02", "resolved 12:02"),
                told(List.of(route("all")), List.of(), 60));
    }

    @Test
    void paymentsThatCameAfterTheMessageAreToldAlthoughEachIsOverAtOnce() {
        past.add(new AlertReplay.Change(T0, AlertSamples.payments(one, 1, T0)));
        past.add(new AlertReplay.Change(minute(10), AlertSamples.payments(one, 2, minute(10))));
        assertEquals(
                List.of("opened 0:02", "resolved 2:02", "opened 10:02", "resolved 12:02"),
                told(List.of(route("all")), List.of(), 60));
    }

    @Test
    void enoughPaymentsMeetATriggerAlthoughNoneOfThemGoesOn() {
        for (int count = 1; count <= 3; count++) {
            past.add(
                    new AlertReplay.Change(
                            minute(count), AlertSamples.payments(one, count, minute(count))));
        }
        Route three = AlertSamples.triggered(route("all"), new Route.Trigger(Duration.ZERO, 3, 1));
        assertEquals(List.of("opened 3:02", "resolved 5:02"), told(List.of(three), List.of(), 60));
    }

    @Test
    void whatLiesFarBackIsNoNews() {
        past.add(
                new AlertReplay.Change(
                        minute(600), incident(one, IncidentStatus.OPEN, 0.9, T0, minute(5))));
        assertEquals(List.of(), told(List.of(route("all")), List.of(), 1000));
    }

    @Test
    void escalationWaitsForNobodyToTakeItAndEndsWithTheRest() {
        Route route = AlertSamples.escalating(route("all"), Duration.ofMinutes(15), "boss");
        open(one, 0, 0.9);
        over(one, 30, 0.9);
        List<Message> messages = run(List.of(route), List.of(), 60);
        assertEquals(List.of("opened 0:02", "escalated 15:02", "resolved 32:00"), words(messages));
        assertEquals(List.of("boss"), messages.get(1).channels());
        assertEquals(List.of("all-channel", "boss"), messages.get(2).channels());
        past.add(
                new AlertReplay.Change(
                        minute(10),
                        incident(one, IncidentStatus.ACKNOWLEDGED, 0.9, T0, minute(9))));
        assertEquals(
                List.of("opened 0:02", "updated 10:00", "resolved 32:00"),
                told(List.of(route), List.of(), 60));
    }

    @Test
    void remindersStopWhenSomebodyTakesIt() {
        Route route =
                AlertSamples.paced(
                        route("all"),
                        new Route.Pace(
                                Duration.ZERO,
                                Duration.ofMinutes(1),
                                Optional.of(Duration.ofMinutes(10)),
                                60));
        open(one, 0, 0.9);
        known(minute(25), incident(one, IncidentStatus.ACKNOWLEDGED, 0.9, T0, minute(25)));
        assertEquals(
                List.of("opened 0:00", "reminded 10:00", "reminded 20:00", "updated 25:00"),
                told(List.of(route), List.of(), 120));
    }

    @Test
    void quietHoursHoldBackWhatIsNotUrgentUntilTheyEnd() {
        QuietHours hours =
                new QuietHours(
                        UTC,
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(9, 0),
                        LocalTime.of(10, 30),
                        Severity.CRITICAL);
        Route route = AlertSamples.quiet(route("all"), hours);
        open(one, 0, 0.7);
        assertEquals(List.of("opened 30:00"), told(List.of(route), List.of(), 60));
        past.clear();
        open(two, 0, 0.9);
        assertEquals(List.of("opened 0:02"), told(List.of(route), List.of(), 60));
        past.clear();
        open(one, 0, 0.7);
        over(one, 20, 0.7);
        assertEquals(List.of(), told(List.of(route), List.of(), 60), "over before they ended");
    }

    @Test
    void silenceMutesWhatFitsAndWhatOutlastsItIsToldThen() {
        Silence silence = silence("node=api-*", 0, 30);
        open(one, 1, 0.9);
        over(one, 20, 0.9);
        open(two, 25, 0.9);
        assertEquals(List.of("opened 30:00"), told(List.of(route("all")), List.of(silence), 60));
        assertEquals(
                List.of("opened 1:02", "resolved 22:00", "opened 25:02"),
                told(List.of(route("all")), List.of(silence("node=db-*", 0, 30)), 60));
    }

    @Test
    void whatWasToldBeforeASilenceIsToldAsOverInIt() {
        open(one, 0, 0.9);
        over(one, 20, 0.9);
        assertEquals(
                List.of("opened 0:02", "resolved 22:00"),
                told(List.of(route("all")), List.of(silence("cluster=edge", 5, 60)), 120));
    }

    @Test
    void theThrottleDefersAndLosesNothingThatGoesOn() {
        Route route =
                AlertSamples.paced(
                        route("all"),
                        new Route.Pace(Duration.ZERO, Duration.ofMinutes(1), Optional.empty(), 1));
        open(one, 0, 0.9);
        open(two, 10, 0.9);
        assertEquals(List.of("opened 0:00", "opened 60:00"), told(List.of(route), List.of(), 120));
    }

    @Test
    void theFirstRouteTakesItUnlessItGoesOn() {
        open(one, 0, 0.7);
        List<Message> messages =
                run(List.of(route("critical", "severity>=critical"), route("rest")), List.of(), 9);
        assertEquals(List.of("rest"), messages.stream().map(Message::route).toList());
        known(minute(1), incident(one, IncidentStatus.OPEN, 0.9, T0, minute(1)));
        messages =
                run(List.of(route("critical", "severity>=critical"), route("rest")), List.of(), 9);
        assertEquals(
                List.of("opened rest", "updated rest", "opened critical"),
                messages.stream()
                        .map(message -> message.event().label() + " " + message.route())
                        .sorted(java.util.Comparator.comparing(text -> text.contains("critical")))
                        .toList());
    }

    @Test
    void incidentsOfOneClusterShareAMessage() {
        open(one, 0, 0.9);
        open(two, 5, 0.9);
        over(one, 20, 0.9);
        over(two, 30, 0.9);
        List<Message> messages = run(List.of(AlertSamples.grouped(route("all"))), List.of(), 60);
        assertEquals(
                List.of("opened 0:02", "updated 5:00", "updated 20:00", "resolved 32:00"),
                words(messages));
        assertTrue(messages.get(1).facts().title().contains("1 more"));
    }

    @Test
    void anIncidentThatBecamePartOfAnotherIsToldAsOver() {
        open(one, 0, 0.9);
        known(minute(4), incident(one, IncidentStatus.MERGED, 0.9, T0, minute(4)));
        assertEquals(
                List.of("opened 0:02", "resolved 4:00"),
                told(List.of(route("all")), List.of(), 60));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyBeginningHasOneEndAndMessagesKeepTheirDistance(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            UUID id = new UUID(seed, i);
            int at = random.nextInt(600);
            open(id, at, random.nextDouble());
            for (int flap = random.nextInt(4); flap > 0; flap--) {
                at += 1 + random.nextInt(30);
                over(id, at, 0.9);
                at += 1 + random.nextInt(30);
                known(minute(at), incident(id, IncidentStatus.OPEN, 0.9, minute(at), minute(at)));
            }
            over(id, at + 1 + random.nextInt(60), 0.9);
        }
        List<Silence> silences =
                List.of(silence("score>=0.5", random.nextInt(300), 1 + random.nextInt(300)));
        List<Route> routes =
                List.of(AlertSamples.escalating(route("all"), Duration.ofMinutes(15), "boss"));
        List<Message> messages = run(routes, silences, 5000);
        assertEquals(messages, run(routes, silences, 5000), "seed " + seed);
        Map<UUID, List<Message>> byIncident = new HashMap<>();
        messages.forEach(message ->
                byIncident
                        .computeIfAbsent(message.incident(), none -> new ArrayList<>())
                        .add(message));
        byIncident.values().forEach(said -> requireOrder(said, "seed " + seed));
        assertTrue(byIncident.size() > 10, "seed " + seed);
    }

    private static void requireOrder(List<Message> said, String seed) {
        for (int i = 0; i < said.size(); i++) {
            Message message = said.get(i);
            assertEquals(i + 1, message.revision(), seed);
            boolean begins = i == 0 || said.get(i - 1).event() == NotificationEvent.RESOLVED;
            assertEquals(begins, message.event() == NotificationEvent.OPENED, seed);
            if (!begins && message.event() == NotificationEvent.UPDATED) {
                Duration pause = Duration.between(said.get(i - 1).at(), message.at());
                assertTrue(pause.compareTo(Duration.ofMinutes(1)) >= 0, seed);
            }
        }
        assertEquals(NotificationEvent.RESOLVED, said.getLast().event(), seed);
    }

    private void open(UUID id, int minute, double score) {
        known(
                minute(minute),
                incident(id, IncidentStatus.OPEN, score, minute(minute), minute(minute)));
    }

    private void over(UUID id, int minute, double score) {
        known(minute(minute), incident(id, IncidentStatus.RESOLVED, score, T0, minute(minute)));
    }

    private void known(Instant at, IncidentFacts facts) {
        past.add(new AlertReplay.Change(at, facts));
    }

    private static IncidentFacts widened(IncidentFacts of) {
        return new IncidentFacts(
                of.id(),
                "CPU on 2 nodes of edge",
                of.status(),
                of.score(),
                of.source(),
                of.clusters(),
                List.of("api-05", "api-06"),
                of.metrics(),
                of.labels(),
                2,
                1,
                2,
                of.startedAt(),
                of.lastAt(),
                of.seenAt(),
                of.owner(),
                false,
                true);
    }

    private static Silence silence(String matcher, int minute, int minutes) {
        return new Silence(
                "s",
                List.of(Matcher.parse(matcher)),
                "patches",
                "ada",
                new Schedule(
                        UTC,
                        LocalDateTime.ofInstant(minute(minute), UTC),
                        Duration.ofMinutes(minutes),
                        Optional.empty(),
                        Set.of()),
                Optional.empty());
    }

    private List<String> told(List<Route> routes, List<Silence> silences, int minutes) {
        return words(run(routes, silences, minutes));
    }

    private List<Message> run(List<Route> routes, List<Silence> silences, int minutes) {
        return AlertReplay.messages(new AlertPlans(routes, silences), past, minute(minutes));
    }

    private static List<String> words(List<Message> messages) {
        return messages.stream()
                .map(message -> {
                    Duration after = Duration.between(T0, message.at());
                    return "%s %d:%02d"
                            .formatted(
                                    message.event().label(),
                                    after.toMinutes(),
                                    after.toSecondsPart());
                })
                .toList();
    }

    private static Instant minute(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }
}
