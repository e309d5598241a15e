package dev.vedette.transaction.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.Seeds;
import dev.vedette.transaction.model.ModelWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LastSeenTest {
    private static final int NAMES = 60;

    /** One number that changes in its place. */
    private static final class Counter {
        private long count;

        Counter(long count) {
            this.count = count;
        }

        void write(ModelWriter out) {
            out.number(count);
        }
    }

    private final LastSeen<Counter> names = new LastSeen<>(Counter::write);

    /** The same by the JDK's map, whose order is that of putting. */
    private final LinkedHashMap<String, Long> reference = new LinkedHashMap<>();

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, Seeds.explored());
    }

    private void change(Random random) {
        String name = "n" + random.nextInt(NAMES);
        long count = random.nextLong();
        switch (random.nextInt(8)) {
            case 0 -> {
                names.removeOldest();
                reference.pollFirstEntry();
            }
            case 1 -> {
                names.remove(name);
                reference.remove(name);
            }
            case 2, 3 -> {
                names.put(name, new Counter(count));
                reference.putLast(name, count);
            }
            default -> {
                Counter seen = names.seen(name);
                Long before = reference.get(name);
                assertEquals(before, seen == null ? null : (Long) seen.count);
                if (seen != null) {
                    seen.count++;
                    reference.putLast(name, seen.count);
                }
            }
        }
        Counter found = names.find(name);
        assertEquals(reference.get(name), found == null ? null : (Long) found.count);
        assertEquals(reference.size(), names.size());
    }

    private List<byte[]> expected(int bytes) {
        List<byte[]> pages = new ArrayList<>();
        ModelWriter page = new ModelWriter();
        for (Map.Entry<String, Long> one : reference.entrySet()) {
            page.text(one.getKey()).number(one.getValue());
            if (page.size() >= bytes) {
                pages.add(page.toBytes());
                page.clear();
            }
        }
        if (page.size() > 0) {
            pages.add(page.toBytes());
        }
        return pages;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pagesHoldWhatWasKnownWhenTheyWereBegunHoweverItChanges(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            int bytes = 1 + random.nextInt(300);
            List<byte[]> expected = expected(bytes);
            LastSeen<Counter>.Pages pages = names.pages(bytes);
            List<byte[]> written = new ArrayList<>();
            @Nullable ModelWriter page;
            do {
                for (int i = random.nextInt(30); i > 0; i--) {
                    change(random);
                }
                page = pages.next();
                if (page != null) {
                    written.add(page.toBytes());
                }
            } while (page != null);
            assertEquals(expected.size(), written.size(), "round " + round);
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(
                        expected.get(i), written.get(i), "round %d page %d".formatted(round, i));
            }
        }
    }

    private void know(String... all) {
        for (String name : all) {
            names.put(name, new Counter(1));
            reference.putLast(name, 1L);
        }
    }

    @Test
    void namesThatAreNewForgottenOrSeenBeforeTheyAreWrittenDoNotDisturb() {
        know("oldest", "gone", "second", "seen", "back", "last");
        List<byte[]> expected = expected(1);
        LastSeen<Counter>.Pages pages = names.pages(1);
        names.removeOldest();
        names.remove("gone");
        names.remove("back");
        names.put("new", new Counter(7));
        names.put("back", new Counter(8));
        Counter seen = names.seen("seen");
        if (seen != null) {
            seen.count = 9;
        }
        for (byte[] page : expected) {
            ModelWriter next = pages.next();
            assertArrayEquals(page, next == null ? null : next.toBytes());
        }
        assertEquals(null, pages.next());
        assertEquals(null, pages.next());
    }

    @Test
    void blockHoldsHowManyThereAreAndThenAll() {
        know("a", "b", "c");
        ModelWriter expected = new ModelWriter().number(3);
        expected(1).forEach(expected::append);
        Slices slices = names.block(1, ModelWriter::toBytes);
        names.put("d", new Counter(2));
        names.removeOldest();
        List<byte[]> blocks = slices.all();
        assertEquals(1, blocks.size());
        assertArrayEquals(expected.toBytes(), blocks.getFirst());
    }

    @Test
    void pagesAreNotGoneOnWithWhenOthersWereBegun() {
        know("a", "b");
        LastSeen<Counter>.Pages dropped = names.pages(1);
        LastSeen<Counter>.Pages pages = names.pages(1000);
        assertThrows(IllegalStateException.class, dropped::next);
        ModelWriter page = pages.next();
        assertArrayEquals(expected(1000).getFirst(), page == null ? null : page.toBytes());
    }
}
