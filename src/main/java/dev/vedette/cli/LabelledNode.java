package dev.vedette.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads a node of a labelled set: a gzipped CSV of numbers without header. */
final class LabelledNode {
    private LabelledNode() {}

    /**
     * Its rows in order.
     *
     * @throws NumberFormatException when a field is no number
     */
    static List<double[]> rows(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] fields = line.split(",", -1);
                double[] row = new double[fields.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.parseDouble(fields[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
