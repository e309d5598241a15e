package dev.vedette.transaction.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.SnapshotEnvelope;
import dev.vedette.transaction.Transaction;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FeatureEngineTest {
    private static final FeatureSet EVERYTHING = new FeatureSet(everything());

    /** Every function once for each window it may have, of accounts and their merchants. */
    private static List<FeatureSpec> everything() {
        List<FeatureSpec> specs = new ArrayList<>();
        for (FeatureFunction function : FeatureFunction.values()) {
            for (FeatureWindow window : FeatureWindow.values()) {
                if (function.needsWindow() || window == FeatureWindow.HOUR) {
                    specs.add(
                            new FeatureSpec(
                                    function.id() + "_" + window.id(),
                                    function,
                                    function.needsEntity() ? "account" : null,
                                    function.needsWindow() ? window : null,
                                    function.needsField() ? "merchant" : null,
                                    false));
                }
            }
        }
        return specs;
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, Seeds.explored());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void windowsHoldWhatABruteForceSearchFinds(long seed) {
        List<Transaction> stream = Payments.ordinary(3000, seed);
        FeatureEngine engine = new FeatureEngine(EVERYTHING);
        for (int i = 0; i < stream.size(); i++) {
            double[] row = engine.update(stream.get(i));
            if (i % 37 == 0) {
                for (FeatureWindow window : FeatureWindow.values()) {
                    assertWindow(stream, i, window, row);
                }
            }
        }
    }

    private static void assertWindow(
            List<Transaction> stream, int at, FeatureWindow window, double[] row) {
        Transaction now = stream.get(at);
        double count = 0;
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        Set<String> merchants = new HashSet<>();
        for (int i = 0; i <= at; i++) {
            Transaction one = stream.get(i);
            boolean inside = one.time().isAfter(now.time().minus(window.length()));
            if (one.account().equals(now.account()) && inside) {
                count++;
                sum += one.amount();
                least = Math.min(least, one.amount());
                most = Math.max(most, one.amount());
                merchants.add(one.text("merchant").orElseThrow());
            }
        }
        String where = "row " + at + " window " + window.id();
        assertEquals(count, value(row, "count", window), 1e-9, where);
        assertEquals(sum, value(row, "sum", window), 1e-6, where);
        assertEquals(least, value(row, "least", window), 1e-9, where);
        assertEquals(most, value(row, "most", window), 1e-9, where);
        assertEquals(merchants.size(), value(row, "distinct", window), where);
        if (count > 1) {
            double mean = (sum - now.amount()) / (count - 1);
            assertEquals(mean, value(row, "mean", window), 1e-6, where);
            assertEquals(now.amount() / mean, value(row, "ratio_to_mean", window), 1e-6, where);
        }
    }

    private static double value(double[] row, String function, FeatureWindow window) {
        return EVERYTHING.value(row, function + "_" + window.id());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void restoredEngineGoesOnBitForBit(long seed) {
        List<Transaction> stream = Payments.ordinary(800, seed);
        FeatureEngine one = new FeatureEngine(EVERYTHING);
        FeatureEngine other = new FeatureEngine(EVERYTHING);
        for (int i = 0; i < stream.size(); i++) {
            if (i % 97 == 0) {
                // a page holds all, some, or one
                other = restored(blocks(other, 1 << (3 * (i % 8))));
            }
            assertArrayEquals(one.update(stream.get(i)), other.update(stream.get(i)), "row " + i);
        }
        Deque<byte[]> left = blocks(other, 5000);
        assertTrue(left.size() > 3, "pages: " + left.size());
        for (byte[] block : blocks(one, 5000)) {
            assertArrayEquals(block, left.remove());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void snapshotWrittenWhilePaymentsComeIsThatOfItsBegin(long seed) {
        Random random = new Random(seed);
        List<Transaction> stream = Payments.ordinary(3_000, seed);
        FeatureSet set = FeatureSet.STANDARD;
        FeatureEngine live = new FeatureEngine(set);
        // goes from snapshot to snapshot, and replays what came meanwhile
        FeatureEngine restored = new FeatureEngine(set);
        for (int at = 0; at < stream.size(); ) {
            int page = 1 << (6 + random.nextInt(11));
            int begin = at;
            Slices slices = live.snapshot(page);
            do {
                for (int i = random.nextInt(6); i > 0 && at < stream.size(); i--) {
                    live.update(stream.get(at++));
                }
            } while (slices.write());
            List<byte[]> written = slices.all();
            assertBlocks(restored.snapshot(page).all(), written, "begun at " + begin);
            restored = FeatureEngine.restore(set, written.iterator()::next);
            for (int end = Math.min(stream.size(), at + random.nextInt(300)); at < end; at++) {
                live.update(stream.get(at));
            }
            stream.subList(begin, at).forEach(restored::update);
        }
        assertBlocks(restored.snapshot(5000).all(), live.snapshot(5000).all(), "at the end");
    }

    private static void assertBlocks(List<byte[]> expected, List<byte[]> found, String when) {
        assertEquals(expected.size(), found.size(), when);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "block " + i + " " + when);
        }
    }

    private static Deque<byte[]> blocks(FeatureEngine of, int page) {
        return new ArrayDeque<>(of.snapshot(page).all());
    }

    private static FeatureEngine restored(Deque<byte[]> blocks) {
        FeatureEngine restored = FeatureEngine.restore(EVERYTHING, blocks::remove);
        assertTrue(blocks.isEmpty(), blocks.size() + " blocks are left");
        return restored;
    }

    @Test
    void snapshotCutOffOrOfOtherFeaturesIsRefused() {
        FeatureEngine engine = new FeatureEngine(EVERYTHING);
        Payments.ordinary(100, 1).forEach(engine::update);
        for (int cut = 0; cut < blocks(engine, 5000).size(); cut++) {
            List<byte[]> blocks = new ArrayList<>(blocks(engine, 5000));
            blocks.set(cut, Arrays.copyOf(blocks.get(cut), blocks.get(cut).length / 2));
            Iterator<byte[]> left = blocks.iterator();
            assertThrows(
                    CorruptSnapshotException.class,
                    () -> FeatureEngine.restore(EVERYTHING, left::next));
        }
        assertThrows(
                CorruptSnapshotException.class,
                () -> FeatureEngine.restore(FeatureSet.STANDARD, blocks(engine, 5000)::remove));
    }

    @Test
    void snapshotInOneBlockOfAVersionBeforeIsRead() {
        List<Transaction> stream = Payments.ordinary(200, 3);
        FeatureEngine engine = new FeatureEngine(EVERYTHING);
        stream.subList(0, 100).forEach(engine::update);
        // of one kind of entity it was the same numbers, without ends of blocks between them
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        String owner = "features-head";
        for (byte[] block : blocks(engine, 5000)) {
            ByteBuffer part = SnapshotEnvelope.open(owner, 1, block);
            payload.write(block, part.arrayOffset(), part.remaining());
            owner = "features-page";
        }
        byte[] old = SnapshotEnvelope.seal("features", 1, payload.toByteArray());
        FeatureEngine restored = FeatureEngine.restore(EVERYTHING, () -> old);
        stream.subList(100, 200)
                .forEach(one -> assertArrayEquals(engine.update(one), restored.update(one)));
    }

    @Test
    void everyFeatureOfEveryPaymentIsFinite() {
        FeatureEngine engine = new FeatureEngine(EVERYTHING);
        for (double amount : new double[] {0, 1e-9, 1e300, 5}) {
            for (long at : new long[] {0, 0, 50_000_000, 10}) {
                double[] row = engine.update(Payments.payment("a", at, amount, "m", "CZ"));
                for (int i = 0; i < row.length; i++) {
                    String name = EVERYTHING.specs().get(i).name();
                    assertTrue(Double.isFinite(row[i]), name + " is " + row[i]);
                }
            }
        }
    }

    @Test
    void newAccountIsJudgedByThePopulation() {
        FeatureEngine engine = new FeatureEngine(FeatureSet.STANDARD);
        Payments.ordinary(3000, 4).forEach(engine::update);
        double usual = z(engine, Payments.payment("fresh-1", 9_000_000, 15, "m1", "CZ"));
        double large = z(engine, Payments.payment("fresh-2", 9_000_000, 1500, "m1", "CZ"));
        assertTrue(Math.abs(usual) < 1.5, "usual " + usual);
        assertTrue(large > 4, "large " + large);
    }

    private static double z(FeatureEngine engine, Transaction payment) {
        return FeatureSet.STANDARD.value(engine.update(payment), "amount_z");
    }

    @Test
    void strangeCountryHourAndBurstStandOut() {
        FeatureEngine engine = new FeatureEngine(FeatureSet.STANDARD);
        for (int day = 0; day < 60; day++) {
            long noon = day * 86_400L + 12 * 3600;
            engine.update(Payments.payment("a", noon, 20, "m", "CZ"));
        }
        long next = 60 * 86_400L;
        double[] usual = engine.update(Payments.payment("a", next + 12 * 3600, 20, "m", "CZ"));
        double[] night = engine.update(Payments.payment("a", next + 27 * 3600, 20, "m", "BR"));
        FeatureSet set = FeatureSet.STANDARD;
        assertTrue(set.value(night, "country_surprise") > 4);
        assertTrue(set.value(usual, "country_surprise") < 0.1);
        assertTrue(set.value(night, "hour_surprise") > set.value(usual, "hour_surprise") + 2);
        assertEquals(1, set.value(night, "new_country"));
        assertEquals(0, set.value(usual, "new_country"));
        double burst = 0;
        for (int i = 0; i < 5; i++) {
            Transaction again = Payments.payment("a", next + 27 * 3600 + i, 2, "m", "CZ");
            burst = set.value(engine.update(again), "burst_5m");
        }
        assertTrue(burst > 8, "burst " + burst);
    }

    @Test
    void latePaymentCountsAtTheTimeOfTheNewest() {
        FeatureEngine engine = new FeatureEngine(FeatureSet.STANDARD);
        engine.update(Payments.payment("a", 10_000, 1, "m", "CZ"));
        double[] late = engine.update(Payments.payment("a", 1, 1, "m", "CZ"));
        assertEquals(0, FeatureSet.STANDARD.value(late, "since_last"));
        assertEquals(2, FeatureSet.STANDARD.value(late, "count_5m"));
    }

    @Test
    void paymentWithoutTheEntityHasZeros() {
        FeatureSet set =
                new FeatureSet(
                        List.of(
                                FeatureSpec.known(
                                        "card_count",
                                        FeatureFunction.COUNT,
                                        "card",
                                        FeatureWindow.DAY)));
        FeatureEngine engine = new FeatureEngine(set);
        assertArrayEquals(new double[] {0}, engine.update(Payments.payment("a", 0, 1, "m", "CZ")));
        assertEquals(0, engine.known("card"));
    }
}
