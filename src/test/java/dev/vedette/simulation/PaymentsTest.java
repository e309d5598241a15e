package dev.vedette.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PaymentsTest {
    private static final long START = Instant.parse("2026-11-01T05:30:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;

    private final Payments payments = Payments.demo(42);

    @Test
    void stretchesThatMeetGiveWhatTheWholeGives() {
        List<SimulatedPayment> whole = payments.stretch(START, START + 3 * DAY);
        List<SimulatedPayment> parts = new ArrayList<>();
        for (long at = START; at < START + 3 * DAY; at += 7_000_000) {
            parts.addAll(payments.stretch(at, Math.min(at + 7_000_000, START + 3 * DAY)));
        }
        assertEquals(whole, parts);
        assertEquals(whole, Payments.demo(42).stretch(START, START + 3 * DAY));
        assertNotEquals(whole, Payments.demo(43).stretch(START, START + 3 * DAY));
    }

    @Test
    void idsAreUniqueAndFraudIsRareAndOfEveryKind() {
        List<SimulatedPayment> days = payments.stretch(START, START + 10 * DAY);
        Set<String> ids = days.stream().map(SimulatedPayment::id).collect(Collectors.toSet());
        assertEquals(days.size(), ids.size());
        List<FraudPattern> frauds =
                days.stream().map(SimulatedPayment::fraud).flatMap(Optional::stream).toList();
        assertEquals(EnumSet.allOf(FraudPattern.class), EnumSet.copyOf(frauds));
        double share = (double) frauds.size() / days.size();
        assertTrue(share > 0.005 && share < 0.06, "share of fraud " + share);
    }

    @Test
    void accountsKeepTheirHabits() {
        List<SimulatedPayment> ordinary =
                payments.stretch(START, START + 20 * DAY).stream()
                        .filter(one -> one.fraud().isEmpty() && one.account().equals("acc-0007"))
                        .toList();
        assertTrue(ordinary.size() > 10, "only " + ordinary.size());
        assertEquals(1, ordinary.stream().map(SimulatedPayment::device).distinct().count());
        assertTrue(ordinary.stream().map(SimulatedPayment::country).distinct().count() <= 2);
    }
}
