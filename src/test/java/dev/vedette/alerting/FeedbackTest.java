package dev.vedette.alerting;

import static dev.vedette.alerting.AlertSamples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.http.SecretBox;
import dev.vedette.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FeedbackTest {
    private static final SecretKey KEY = key("one");
    private static final FeedbackLink LINK =
            new FeedbackLink(
                    new TenantId("acme"),
                    UUID.randomUUID(),
                    FeedbackAction.FALSE_ALARM,
                    "on-call",
                    T0);

    @Test
    void aLinkIsReadBackAndNothingElseIs() {
        String text = LINK.sign(KEY);
        assertEquals(Optional.of(LINK), FeedbackLink.read(text, KEY));
        assertEquals(Optional.empty(), FeedbackLink.read(text, key("two")));
        Random random = new Random(7);
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        for (int i = 0; i < 500; i++) {
            byte[] other = bytes.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
            assertEquals(Optional.empty(), FeedbackLink.read(forged, KEY));
        }
        for (String junk : List.of("", "x", "ä", "=".repeat(99), "A".repeat(5000))) {
            assertEquals(Optional.empty(), FeedbackLink.read(junk, KEY));
        }
    }

    @Test
    void aSecretOpensInItsPlaceOnly() {
        SecretBox box = new SecretBox(new SecretKeySpec(new byte[32], "AES"));
        String sealed = box.seal("whsec_x", "acme/hook");
        assertFalse(sealed.contains("whsec"));
        assertNotEquals(sealed, box.seal("whsec_x", "acme/hook"));
        assertEquals(Optional.of("whsec_x"), box.open(sealed, "acme/hook"));
        assertEquals(Optional.empty(), box.open(sealed, "other/hook"));
        byte[] key = new byte[32];
        key[0] = 1;
        assertEquals(
                Optional.empty(),
                new SecretBox(new SecretKeySpec(key, "AES")).open(sealed, "acme/hook"));
        for (String junk : List.of("", "AA==", "no Base64", "AQ" + sealed.substring(2))) {
            assertTrue(box.open(junk, "acme/hook").isEmpty() || junk.equals(sealed));
        }
    }

    @Test
    void falseAlarmsSuggestAThresholdAboveThemAndSayWhatItWouldLose() {
        List<FeedbackStore.Concern> said = new ArrayList<>();
        said.add(concern(Feedback.Verdict.FALSE_ALARM, 0.71, T0));
        said.add(concern(Feedback.Verdict.NEW_NORMAL, 0.80, T0.plusSeconds(60)));
        said.add(concern(Feedback.Verdict.CONFIRMED, 0.75, T0));
        said.add(concern(Feedback.Verdict.CONFIRMED, 0.95, T0));
        said.add(concern(Feedback.Verdict.EXPECTED, 0.99, T0));
        FeedbackReview review = FeedbackReview.of(said, Map.of(), 5, T0.plusSeconds(90));
        FeedbackReview.Suggestion suggestion = review.suggestions().getFirst();
        assertEquals(0.81, suggestion.threshold(), 1e-9);
        assertEquals(2, suggestion.falseAlarms());
        assertEquals(2, suggestion.confirmed());
        assertEquals(1, suggestion.lost());
        FeedbackStore.Decision later =
                new FeedbackStore.Decision("dismissed", "ada", T0.plusSeconds(70));
        assertEquals(
                List.of(),
                FeedbackReview.of(said, Map.of(suggestion.id(), later), 5, T0).suggestions());
        said.add(concern(Feedback.Verdict.FALSE_ALARM, 0.5, T0.plusSeconds(80)));
        assertEquals(
                1,
                FeedbackReview.of(said, Map.of(suggestion.id(), later), 5, T0)
                        .suggestions()
                        .size());
    }

    @Test
    void aWordIsForeseenForItsSeriesAndNothingIsNoted() {
        FeedbackStore.Concern before = concern(Feedback.Verdict.FALSE_ALARM, 0.71, T0);
        FeedbackStore.Concern real = concern(Feedback.Verdict.CONFIRMED, 0.75, T0);
        FeedbackStore.Concern now = concern(Feedback.Verdict.CONFIRMED, 0.9, T0);
        var foreseen =
                FeedbackStanding.of(
                        Optional.empty(), List.of(before, real), Map.of(), List.of(now), T0);
        assertEquals(
                0.72,
                foreseen.after(Feedback.Verdict.CONFIRMED).getFirst().threshold(),
                1e-9,
                "what was said before stays");
        FeedbackReview.Suggestion then = foreseen.after(Feedback.Verdict.FALSE_ALARM).getFirst();
        assertEquals(0.91, then.threshold(), 1e-9);
        assertEquals(1, then.lost());
        assertEquals(2, then.falseAlarms());
        var alone =
                FeedbackStanding.of(
                        Optional.empty(), List.of(before), Map.of(), List.of(before), T0);
        assertEquals(List.of(), alone.after(Feedback.Verdict.EXPECTED));
        assertEquals(1, alone.after(Feedback.Verdict.NEW_NORMAL).size());
    }

    @Test
    void theBudgetCountsTheLastWeekAndNamesTheEngine() {
        List<FeedbackStore.Concern> said = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            said.add(concern(Feedback.Verdict.FALSE_ALARM, 0.7, T0.minus(Duration.ofDays(i))));
        }
        said.add(concern(Feedback.Verdict.FALSE_ALARM, 0.7, T0.minus(Duration.ofDays(8))));
        FeedbackReview.Budget budget = FeedbackReview.of(said, Map.of(), 5, T0).budget();
        assertEquals(6, budget.falseAlarms());
        assertTrue(budget.isExceeded());
        assertEquals(Map.of("ensemble", 6), budget.byEngine());
        assertFalse(FeedbackReview.of(said, Map.of(), 6, T0).budget().isExceeded());
    }

    @Test
    void retriesWaitLongerAndLongerForHoursAndThenStop() {
        RetryPlan plan = new RetryPlan(Duration.ofHours(24));
        Instant now = T0;
        int attempts = 1;
        Optional<Instant> next = plan.next(attempts, T0, now, Optional.empty(), 0.5);
        while (next.isPresent()) {
            assertTrue(next.get().isAfter(now));
            assertTrue(Duration.between(now, next.get()).compareTo(Duration.ofMinutes(30)) <= 0);
            now = next.get();
            next = plan.next(++attempts, T0, now, Optional.empty(), 0.5);
        }
        assertTrue(Duration.between(T0, now).compareTo(Duration.ofHours(23)) > 0);
        assertTrue(attempts > 50 && attempts < 100, () -> "tries");
        assertEquals(
                Optional.of(T0.plus(Duration.ofHours(1))),
                plan.next(1, T0, T0, Optional.of(Duration.ofHours(1)), 0));
    }

    private static FeedbackStore.Concern concern(
            Feedback.Verdict verdict, double score, Instant at) {
        return new FeedbackStore.Concern(
                UUID.randomUUID(),
                verdict,
                at,
                "edge",
                "api-05",
                Optional.of("cpu_percent"),
                "ensemble",
                score);
    }

    private static SecretKey key(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }
}
