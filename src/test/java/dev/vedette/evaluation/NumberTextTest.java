package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-1, -1",
        "0.5, 0.5",
        "-0.25, -0.25",
        "1234.000001, 1234.000001",
        "99.9999999, 100",
        "1.0E-5, 1.0E-5",
        "1.0E15, 1.0E15",
        "0.010203, 0.010203"
    })
    void numbersAreShortAndExactToSixDecimals(double number, String expected) {
        StringBuilder out = new StringBuilder();
        NumberText.append(out, number);
        assertEquals(expected, out.toString());
    }

    @Test
    void randomNumbersReadBackToSixDecimals() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double number = random.nextGaussian() * Math.pow(10, random.nextInt(-2, 8));
            StringBuilder out = new StringBuilder();
            NumberText.append(out, number);
            assertEquals(number, Double.parseDouble(out.toString()), 5.1e-7);
        }
    }

    @Test
    void noNumberIsAnEmptyField() {
        StringBuilder out = new StringBuilder();
        NumberText.append(out, Double.NaN);
        assertEquals("", out.toString());
    }
}
