package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.cli.Vedette;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * docs/operations/sizing.md: its tables follow from its factors, and those from what was measured.
 */
final class SizingPageTest {
    private static final Path FOLDER = Path.of("docs", "operations");
    private static final double GIB = 1L << 30;
    private static final double SECONDS_A_DAY = 86_400;

    @Test
    void factorsAreThoseThatWereMeasured() throws IOException {
        String factors = section("The factors");
        String perCpu = first(factors, "\\| ([0-9 ]+) points per CPU-second \\|");
        assertTrue(Files.readString(FOLDER.resolve("limits.md")).contains(" " + perCpu + " |"));
        double heap = number(first(factors, "default engine \\| ([0-9.]+) KB"));
        String engines = Files.readString(Path.of("docs", "engines.md"));
        double measured = number(first(engines, "`ensemble` \\|[^|]+\\|[^|]+\\| ([0-9 ]+) \\|"));
        assertEquals(measured / 1000, heap, .05);
    }

    @Test
    void coresAndHeapFollowFromTheFactors() throws IOException {
        String factors = section("The factors");
        double perCpu = number(first(factors, "\\| ([0-9 ]+) points per CPU-second \\|"));
        double heap = 1000 * number(first(factors, "default engine \\| ([0-9.]+) KB"));
        List<List<String>> rows = rows("CPU and memory");
        assertEquals(6, rows.size());
        for (List<String> row : rows) {
            double series = number(row.get(0));
            double perSecond = series / number(row.get(1).replace(" s", ""));
            assertEquals(perSecond, number(row.get(2)), .5, row::toString);
            isRounded(perSecond / perCpu, row.get(3));
            assertTrue(number(row.get(4)) >= 3 * perSecond / perCpu, row::toString);
            double gib = 2 * heap * series / GIB + .5;
            assertEquals(Math.ceil(gib), number(row.get(5).replace(" GiB", "")), row::toString);
        }
    }

    @Test
    void disksFollowFromTheFactors() throws IOException {
        String factors = section("The factors");
        List<List<String>> rows = rows("Disk");
        assertEquals(5, rows.size());
        for (List<String> row : rows) {
            int interval = (int) number(row.get(1).replace(" s", ""));
            double points = number(row.get(0)) / interval * SECONDS_A_DAY;
            isRounded(points / 1e6, row.get(2).replace(" million", ""));
            double kept = points * 90 * bytes(factors, "points, merged", interval);
            double rolledUp = points * 180 * bytes(factors, "roll-ups", interval);
            isRounded(kept, row.get(3));
            isRounded(rolledUp, row.get(4));
            isRounded(kept + rolledUp, row.get(5));
        }
    }

    @Test
    void everyCommandIsOne() throws IOException {
        Matcher commands =
                Pattern.compile("vedette bench ([a-z]+)")
                        .matcher(Files.readString(FOLDER.resolve("sizing.md")));
        CommandLine bench = new CommandLine(Vedette.class).getSubcommands().get("bench");
        int found = 0;
        while (commands.find()) {
            assertNotNull(bench.getSubcommands().get(commands.group(1)), commands.group());
            found++;
        }
        assertTrue(found >= 6, "of the factors, and to measure one's own");
    }

    private static double bytes(String factors, String of, int interval) {
        String row =
                factors.lines()
                        .filter(line -> line.contains("disk of " + of))
                        .findFirst()
                        .orElseThrow();
        return number(first(row, "([0-9.]+)(?: bytes a point)? at " + interval + " s"));
    }

    /**
     * Whether the shown number, with GB or TB if it has one, is the exact one with fewer digits.
     */
    private static void isRounded(double exact, String shown) {
        double unit = shown.endsWith("TB") ? 1e12 : shown.endsWith("GB") ? 1e9 : 1;
        BigDecimal digits = new BigDecimal(shown.replaceAll("[ GTB]", ""));
        double half = .5 * Math.pow(10, -digits.scale());
        assertEquals(exact / unit, digits.doubleValue(), half + 1e-9, shown);
    }

    private static List<List<String>> rows(String title) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : section(title).lines().toList()) {
            if (line.matches("\\| [0-9].*")) {
                rows.add(List.of(line.substring(2).split(" \\| | \\|$", -1)));
            }
        }
        return rows;
    }

    private static String section(String title) throws IOException {
        return Files.readString(FOLDER.resolve("sizing.md"))
                .lines()
                .dropWhile(line -> !line.equals("## " + title))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .collect(Collectors.joining("\n"));
    }

    private static String first(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return found.group(1);
    }

    private static double number(String shown) {
        return Double.parseDouble(shown.replace(" ", ""));
    }
}
