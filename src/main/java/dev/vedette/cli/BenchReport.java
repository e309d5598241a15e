package dev.vedette.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a benchmark measured: a table for people, the same as flat JSON for programs. */
final class BenchReport {
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();

    /**
     * Adds a figure.
     *
     * @param key in JSON
     * @param what in words, with the unit
     */
    void add(String key, String what, double figure) {
        figures.put(key, figure);
        words.put(key, what);
    }

    /** A figure that was added. */
    double figure(String key) {
        return figures.getOrDefault(key, Double.NaN);
    }

    /** The table. */
    void print(PrintStream out) {
        int width = words.values().stream().mapToInt(String::length).max().orElse(0);
        figures.forEach((key, figure) ->
                out.printf(
                        Locale.ROOT,
                        Math.abs(figure) < 1000
                                ? "%-" + width + "s %,14.2f%n"
                                : "%-" + width + "s %,14.0f%n",
                        words.getOrDefault(key, key),
                        figure));
    }

    /** The JSON. */
    void write(Path file) throws IOException {
        Map<String, Double> rounded = new LinkedHashMap<>();
        figures.forEach((key, figure) -> rounded.put(key, Math.round(figure * 1000) / 1000.0));
        Files.writeString(
                file,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rounded)
                        + "\n");
    }
}
