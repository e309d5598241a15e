package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Computes the stylesheet's contrasts (WCAG 2 relative luminance) and the ramp's order. */
class DashboardTokensTest {
    private static final Path SHEET = Path.of("ui/META-INF/resources/css/vedette.css");
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");
    private static final double STRANGE_STEP = 9;

    private enum Theme {
        LIGHT,
        DARK
    }

    /** How eyes without one kind of cone see; matrices of Viénot, Brettel and Mollon (1999). */
    private static final Map<String, double[]> SIGHTS =
            Map.of(
                    "full", new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
                    "protan", new double[] {0.112, 0.888, 0, 0.112, 0.888, 0, 0.004, -0.004, 1},
                    "deutan", new double[] {0.292, 0.708, 0, 0.292, 0.708, 0, -0.022, 0.022, 1},
                    "tritan", new double[] {1, 0.144, -0.144, 0, 0.859, 0.141, 0, 0.859, 0.141});

    private static Map<String, String> tokens(Theme theme) {
        Map<String, String> tokens = new HashMap<>();
        try {
            Matcher found = TOKEN.matcher(Files.readString(SHEET));
            while (found.find()) {
                tokens.put(found.group(1), found.group(theme == Theme.LIGHT ? 2 : 3));
            }
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
        return tokens;
    }

    @ParameterizedTest
    @CsvSource({
        "ink, bg, 15",
        "ink2, bg, 8",
        "ink3, bg, 4.8",
        "ink3, raise, 4.8",
        "ink3, sunk, 4.8",
        "accent, bg, 6",
        "accent, accent-soft, 4.5",
        "on-accent, accent, 6",
        "crit, bg, 7",
        "warn, bg, 6",
        "info, bg, 6.9",
        "hot, bg, 5",
        "exp, bg, 5",
        "bound, bg, 6",
        "other, bg, 6",
        "obs, bg, 14",
        "line2, bg, 3",
        "obs, band, 7",
        "hot, band, 3",
        "mark, q6, 3.7",
        "mark, q7, 3.7",
        "mark, q8, 3.7",
        "mark-strong, q9, 3.7",
        "mark-strong, q10, 3.7"
    })
    void textAndMarksStandOut(String front, String back, double least) {
        for (Theme theme : Theme.values()) {
            Map<String, String> tokens = tokens(theme);
            double contrast = contrast(colour(tokens, front), colour(tokens, back));
            assertTrue(contrast >= least, theme + ": " + front + " on " + back + " is " + contrast);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "protan", "deutan", "tritan"})
    void rampOnlyGrows(String eyes) {
        double[] sight = Objects.requireNonNull(SIGHTS.get(eyes));
        for (Theme theme : Theme.values()) {
            Map<String, String> tokens = tokens(theme);
            double sign = theme == Theme.LIGHT ? -1 : 1;
            for (int q = 0; q < 10; q++) {
                double[] here = lab(colour(tokens, "q" + q), sight);
                double[] next = lab(colour(tokens, "q" + (q + 1)), sight);
                assertTrue(
                        sign * (next[0] - here[0]) > 0,
                        theme + " " + eyes + ": q" + q + " to q" + (q + 1) + " turns back");
                assertTrue(
                        q < 4 || difference(here, next) >= STRANGE_STEP,
                        theme
                                + " "
                                + eyes
                                + ": q"
                                + q
                                + " and q"
                                + (q + 1)
                                + " are alike: "
                                + difference(here, next));
            }
        }
    }

    private static String colour(Map<String, String> tokens, String name) {
        return Objects.requireNonNull(tokens.get(name), name);
    }

    @Test
    void everyTokenHasBothThemes() {
        assertEquals(tokens(Theme.LIGHT).keySet(), tokens(Theme.DARK).keySet());
        assertTrue(tokens(Theme.LIGHT).size() >= 32);
    }

    private static double contrast(String front, String back) {
        double a = luminance(front);
        double b = luminance(back);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] rgb = linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double[] linear(String colour) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour, 1 + 2 * i, 3 + 2 * i, 16) / 255.0;
            rgb[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return rgb;
    }

    private static double[] lab(String colour, double[] sight) {
        double[] rgb = linear(colour);
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                seen[row] += sight[3 * row + column] * rgb[column];
            }
            seen[row] = Math.clamp(seen[row], 0, 1);
        }
        double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
        double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
        double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static double difference(double[] a, double[] b) {
        return Math.sqrt(
                Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }
}
