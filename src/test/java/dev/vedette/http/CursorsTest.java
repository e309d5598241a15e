package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorsTest {
    private static final List<String> QUESTION = List.of("anomalies", "acme", "cluster=a");

    private final Cursors cursors =
            new Cursors(SigningKeys.ensure(Path.of("target", "cursor-keys")));

    @Test
    void cursorBringsItsPlaceBack() {
        List<String> place = List.of("2026-11-21T00:00:00Z", "5", "", "ß");
        String cursor = cursors.encode(QUESTION, place);
        assertEquals(Optional.of(place), cursors.decode(QUESTION, Optional.of(cursor)));
    }

    @Test
    void firstPageHasNoPlace() {
        assertTrue(cursors.decode(QUESTION, Optional.empty()).isEmpty());
    }

    @Test
    void cursorOfOtherFiltersOrAnotherTenantIsRefused() {
        String cursor = cursors.encode(QUESTION, List.of("5"));
        assertRefused(List.of("anomalies", "acme", "cluster=b"), cursor);
        assertRefused(List.of("anomalies", "other", "cluster=a"), cursor);
        assertRefused(List.of("anomalies", "acmecluster=a"), cursor);
    }

    @Test
    void cursorWithAnyBitChangedIsRefused() {
        String cursor = cursors.encode(QUESTION, List.of("5"));
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(QUESTION, cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "garbage", "====", "\u0000", "ä"})
    void textThatIsNoCursorIsRefused(String text) {
        assertRefused(QUESTION, text);
    }

    private void assertRefused(List<String> question, String cursor) {
        ProblemException e =
                assertThrows(
                        ProblemException.class,
                        () -> cursors.decode(question, Optional.of(cursor)));
        assertEquals(ProblemKind.BAD_CURSOR, e.kind());
    }
}
