package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.ThresholdStore.Change;
import dev.vedette.detection.threshold.ThresholdStore.Outcome;
import dev.vedette.series.Labels;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ThresholdStore} with its {@link ThresholdHistory} holds. */
public abstract class ThresholdContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final int MOST = 3;
    private static final ThresholdScope WHOLE =
            new ThresholdScope(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true);

    private final TenantId acme = new TenantId("acme-" + UUID.randomUUID());
    private final TenantId other = new TenantId("other-" + UUID.randomUUID());

    /** The store under test. */
    protected abstract ThresholdStore store();

    /** The history of the same rules. */
    protected abstract ThresholdHistory history();

    @Test
    void ruleComesBackAsItWasSent() {
        ThresholdScope oneSeries =
                new ThresholdScope(
                        Optional.empty(),
                        Optional.of("cpu_percent"),
                        Optional.of("edge"),
                        Optional.of("api-05"),
                        Optional.of(Labels.of(Map.of("core", "1", "mode", "user"))));
        ThresholdFields all =
                new ThresholdFields(
                        Optional.empty(),
                        Optional.of(0.5),
                        Optional.of(Direction.ABOVE),
                        Optional.of(2.5),
                        Optional.of(0.1),
                        Optional.of("iqr"));
        ThresholdRule rule = stored(put(acme, new Change("a", oneSeries, all, "ann", NOW), NONE));
        assertEquals("a", rule.name());
        assertEquals(oneSeries, rule.scope());
        assertEquals(all, rule.fields());
        assertEquals("ann", rule.changedBy());
        assertEquals(NOW, rule.changedAt());
        assertEquals(Optional.of(rule), await(store().find(acme, "a")));
        assertEquals(List.of(rule), await(store().list(acme, Optional.empty(), 10)));
    }

    @Test
    void ruleAboutNodesAsWholesComesBackAsItWasSent() {
        ThresholdRule rule =
                stored(put(acme, new Change("a", WHOLE, threshold(0.7), "ann", NOW), NONE));
        stored(put(acme, change("b", 0.7), NONE));
        assertEquals(WHOLE, rule.scope());
        assertEquals(Optional.of(rule), await(store().find(acme, "a")));
        assertTrue(history().asOf(acme, rule.revision()).rules().contains(rule));
        assertEquals(
                new Outcome.Deleted(rule),
                await(store().delete(acme, "a", rule.revision(), "ann", NOW)));
    }

    @Test
    void ruleOfAnotherTenantIsNotThere() {
        ThresholdRule rule = stored(put(acme, change("a", 0.5), NONE));
        assertEquals(Optional.empty(), await(store().find(other, "a")));
        assertEquals(List.of(), await(store().list(other, Optional.empty(), 10)));
        assertEquals(
                new Outcome.Unexpected(Optional.empty()),
                await(store().delete(other, "a", rule.revision(), "eve", NOW)));
        stored(put(other, change("a", 0.7), NONE));
        assertEquals(Optional.of(rule), await(store().find(acme, "a")));
    }

    @Test
    void rulesAreListedByNameAfterAName() {
        stored(put(acme, change("c", "m3"), NONE));
        stored(put(acme, change("a", "m1"), NONE));
        stored(put(acme, change("b", "m2"), NONE));
        assertEquals(List.of("a", "b"), names(store().list(acme, Optional.empty(), 2)));
        assertEquals(List.of("c"), names(store().list(acme, Optional.of("b"), 2)));
    }

    @Test
    void changeThatHasNotSeenTheLastOneIsRefused() {
        ThresholdRule first = stored(put(acme, change("a", 0.5), NONE));
        assertEquals(new Outcome.Unexpected(Optional.of(first)), put(acme, change("a", 0.6), NONE));
        ThresholdRule second =
                stored(put(acme, change("a", 0.6), OptionalLong.of(first.revision())));
        assertTrue(second.revision() > first.revision());
        assertEquals(
                new Outcome.Unexpected(Optional.of(second)),
                put(acme, change("a", 0.7), OptionalLong.of(first.revision())));
        assertEquals(
                new Outcome.Unexpected(Optional.of(second)),
                await(store().delete(acme, "a", first.revision(), "ann", NOW)));
        assertEquals(Optional.of(second), await(store().find(acme, "a")));
    }

    @Test
    void refusedChangeTakesNoNumber() {
        stored(put(acme, change("a", 0.5), NONE));
        long before = history().revision();
        put(acme, change("a", 0.6), NONE);
        assertEquals(before, history().revision());
    }

    @Test
    void deletedRuleIsGoneAndItsNameFree() {
        ThresholdRule rule = stored(put(acme, change("a", 0.5), NONE));
        assertEquals(
                new Outcome.Deleted(rule),
                await(store().delete(acme, "a", rule.revision(), "ann", NOW)));
        assertEquals(Optional.empty(), await(store().find(acme, "a")));
        assertEquals(
                new Outcome.Unexpected(Optional.empty()),
                await(store().delete(acme, "a", rule.revision(), "ann", NOW)));
        ThresholdRule again = stored(put(acme, change("a", 0.7), NONE));
        assertTrue(again.revision() > rule.revision());
    }

    @Test
    void whatARuleWasBeforeItsLastChangeIsKnown() {
        ThresholdRule first = stored(await(store().put(acme, change("latency", 0.7), NONE, 9)));
        assertEquals(Optional.empty(), await(store().before(acme, "latency", first.revision())));
        ThresholdRule second =
                stored(
                        await(
                                store().put(
                                                acme,
                                                change("latency", 0.8),
                                                OptionalLong.of(first.revision()),
                                                9)));
        assertEquals(Optional.of(first), await(store().before(acme, "latency", second.revision())));
        await(store().delete(acme, "latency", second.revision(), "ada", NOW));
        ThresholdRule third = stored(await(store().put(acme, change("latency", 0.9), NONE, 9)));
        assertEquals(Optional.empty(), await(store().before(acme, "latency", third.revision())));
    }

    @Test
    void twoRulesAboutTheSameSeriesAreRefused() {
        stored(put(acme, change("a", "m"), NONE));
        assertEquals(new Outcome.SameScope("a"), put(acme, change("b", "m"), NONE));
        stored(put(other, change("b", "m"), NONE));
    }

    @Test
    void tenantHasSoManyRulesAndNoMore() {
        for (int i = 0; i < MOST; i++) {
            stored(put(acme, change("r" + i, "m" + i), NONE));
        }
        assertEquals(new Outcome.Full(MOST), put(acme, change("more", "more"), NONE));
        ThresholdRule first = await(store().find(acme, "r0")).orElseThrow();
        stored(put(acme, change("r0", 0.9), OptionalLong.of(first.revision())));
    }

    @Test
    void historyTellsWhatHeldAtEveryRevision() {
        long start = history().revision();
        ThresholdRule first = stored(put(acme, change("a", 0.5), NONE));
        ThresholdRule second =
                stored(put(acme, change("a", 0.6), OptionalLong.of(first.revision())));
        await(store().delete(acme, "a", second.revision(), "ann", NOW));
        long end = history().revision();
        assertEquals(List.of(), history().asOf(acme, start).rules());
        assertEquals(List.of(first), history().asOf(acme, first.revision()).rules());
        assertEquals(List.of(second), history().asOf(acme, second.revision()).rules());
        assertEquals(List.of(), history().asOf(acme, end).rules());
        assertEquals(List.of(), history().asOf(other, end).rules());
    }

    @Test
    void historyTellsWhoseRulesChanged() {
        long start = history().revision();
        ThresholdRule ours = stored(put(acme, change("a", 0.5), NONE));
        ThresholdRule theirs = stored(put(other, change("a", 0.5), NONE));
        assertTrue(history().changed(start, theirs.revision()).containsAll(Set.of(acme, other)));
        assertTrue(!history().changed(ours.revision(), theirs.revision()).contains(acme));
        assertTrue(!history().changed(start, ours.revision()).contains(other));
    }

    private Outcome put(TenantId tenant, Change change, OptionalLong expected) {
        return await(store().put(tenant, change, expected, MOST));
    }

    private static Change change(String name, double threshold) {
        return new Change(name, ThresholdScope.TENANT, threshold(threshold), "ann", NOW);
    }

    private static Change change(String name, String metric) {
        ThresholdScope scope =
                new ThresholdScope(
                        Optional.empty(),
                        Optional.of(metric),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new Change(name, scope, threshold(0.5), "ann", NOW);
    }

    private static ThresholdFields threshold(double threshold) {
        return new ThresholdFields(
                Optional.of(threshold),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ThresholdRule stored(Outcome outcome) {
        return assertInstanceOf(Outcome.Stored.class, outcome).rule();
    }

    private static List<String> names(Uni<List<ThresholdRule>> rules) {
        return await(rules).stream().map(ThresholdRule::name).toList();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
