package dev.vedette.transaction.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FeatureSpecTest {
    @Test
    void whatAFunctionNeedsMustBeThereAndNothingElse() {
        assertRefused("needs 'window'", FeatureFunction.COUNT, "account", null, null);
        assertRefused(
                "takes no 'of'", FeatureFunction.COUNT, "account", FeatureWindow.DAY, "merchant");
        assertRefused("needs 'of'", FeatureFunction.SURPRISE, "account", null, null);
        assertRefused("takes no 'entity'", FeatureFunction.AMOUNT, "account", null, null);
        assertRefused("needs 'entity'", FeatureFunction.AMOUNT_Z, null, null, null);
    }

    private static void assertRefused(
            String reason,
            FeatureFunction function,
            @org.jspecify.annotations.Nullable String entity,
            @org.jspecify.annotations.Nullable FeatureWindow window,
            @org.jspecify.annotations.Nullable String of) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new FeatureSpec("x", function, entity, window, of, false));
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.toString());
    }

    @Test
    void namesAreBoundedAndDifferent() {
        for (String name : new String[] {"", "1a", "Upper", "a b", "a".repeat(65)}) {
            assertThrows(IllegalArgumentException.class, () -> spec(name));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new FeatureSet(List.of(spec("a"), spec("a"))));
    }

    @Test
    void setsAreBounded() {
        List<FeatureSpec> many = new ArrayList<>();
        for (int i = 0; i <= FeatureSet.MOST; i++) {
            many.add(spec("f" + i));
        }
        assertThrows(IllegalArgumentException.class, () -> new FeatureSet(many));
        assertThrows(IllegalArgumentException.class, () -> new FeatureSet(List.of()));
        many.clear();
        for (int i = 0; i <= FeatureSet.MOST_ENTITIES; i++) {
            many.add(FeatureSpec.judged("f" + i, FeatureFunction.AMOUNT_Z, "entity" + i));
        }
        assertThrows(IllegalArgumentException.class, () -> new FeatureSet(many));
    }

    @Test
    void functionsAndWindowsAreFoundByTheirNames() {
        for (FeatureFunction function : FeatureFunction.values()) {
            assertEquals(Optional.of(function), FeatureFunction.find(function.id()));
        }
        for (FeatureWindow window : FeatureWindow.values()) {
            assertEquals(Optional.of(window), FeatureWindow.find(window.id()));
        }
        assertEquals(Optional.empty(), FeatureWindow.find("2h"));
    }

    private static FeatureSpec spec(String name) {
        return new FeatureSpec(name, FeatureFunction.AMOUNT, null, null, null, false);
    }
}
