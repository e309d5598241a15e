package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueLimitsTest {
    @ParameterizedTest(name = "{0}: {1} to {2} is shown as {3} to {4}")
    @CsvSource({
        "count, -2.2, 14.2, 0, 14",
        "count, 3.2, 3.6, 4, 4",
        "percent, -3, 104, 0, 100",
        "percent, 350, 420, 350, 420",
        "ms, -9, -3, -9, -3",
        "celsius, -12, 4, -12, 4",
        "'', -12, 4, -12, 4",
        "count, NaN, NaN, NaN, NaN",
    })
    void usualRangeKeepsToWhatItsUnitAllowsUnlessItLiesBeyondAsAWhole(
            String unit, double lower, double upper, double shownLower, double shownUpper) {
        ValueLimits limits = ValueLimits.of(Optional.of(unit));
        assertEquals(shownLower, limits.lower(lower, upper));
        assertEquals(shownUpper, limits.upper(lower, upper));
    }
}
