package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HomeCountriesTest {
    private final HomeCountries homes = new HomeCountries();

    private void add(String country, int times) {
        for (int i = 0; i < times; i++) {
            homes.add("a", country);
        }
    }

    private byte[] snapshot() {
        return homes.snapshot(1).all().getFirst();
    }

    @Test
    void homeIsWhereMostComesFromAndATripDoesNotMoveIt() {
        assertNull(homes.of("a"));
        homes.add("a", null);
        assertNull(homes.of("a"));
        add("DE", 10);
        add("NG", 9);
        assertEquals("DE", homes.of("a"));
        assertNull(homes.of("b"));
    }

    @Test
    void whoMovesHasANewHomeInTheEnd() {
        add("DE", 100_000);
        add("FR", 201);
        assertEquals("FR", homes.of("a"));
    }

    @Test
    void snapshotGoesOnWhereItWasTaken() throws IOException {
        add("DE", 3);
        homes.add("b", "FR");
        HomeCountries restored = HomeCountries.restore(snapshot());
        restored.add("a", "NG");
        restored.add("a", "NG");
        assertEquals("DE", restored.of("a"));
        assertEquals("FR", restored.of("b"));
        byte[] cut = Arrays.copyOf(snapshot(), 9);
        assertThrows(IOException.class, () -> HomeCountries.restore(cut));
    }
}
