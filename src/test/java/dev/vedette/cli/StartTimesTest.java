package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.cli.StartTimes.Part;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a start says of its parts. */
final class StartTimesTest {
    @Test
    void whatIsPrintedIsRead() {
        EnumSet.allOf(Part.class).forEach(StartTimes::done);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StartTimes.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        List<Map.Entry<Part, Double>> read =
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> StartTimes.read(line).orElseThrow())
                        .toList();
        assertEquals(
                Set.of(Part.values()), Set.copyOf(read.stream().map(Map.Entry::getKey).toList()));
        assertTrue(read.stream().allMatch(part -> part.getValue() >= 0), read::toString);
    }

    @Test
    void otherLinesArePassedOver() {
        assertEquals(Optional.empty(), StartTimes.read("start of the day"));
        assertEquals(Optional.empty(), StartTimes.read("Vedette is up"));
        assertEquals(Optional.of(Map.entry(Part.READY, 2.5)), StartTimes.read("start ready 2.500"));
    }
}
