package dev.vedette.evaluation;

import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelEnsemble;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.model.TailCalibration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores the rows of a table among themselves: models learn all rows without labels, and say which
 * of them are strange. Every column is a feature but one named {@code label}, which is not read; an
 * empty field counts as its column's median.
 */
final class TableEvaluation {
    private static final long SEED = 1;
    private static final int MOST_COLUMNS = FeatureRows.MOST_WIDTH + 1;

    private final List<ModelKind> kinds;

    /**
     * An evaluation.
     *
     * @param kinds the models, taken together
     */
    TableEvaluation(List<ModelKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * Writes one score per row.
     *
     * @return numbers judged
     * @throws UnreadableFileException when the file is no table
     */
    long run(Path table, Path scores) throws IOException {
        FeatureRows rows = read(table);
        double[] rarities = ModelEnsemble.raritiesWithin(kinds, rows, SEED);
        try (Writer out = CsvFiles.writer(scores)) {
            out.write("anomaly_score\n");
            for (double rarity : rarities) {
                out.write(Double.toString(TailCalibration.score(rarity)));
                out.write('\n');
            }
        }
        return rows.values().length;
    }

    private static FeatureRows read(Path table) throws IOException {
        try (BufferedReader in = CsvFiles.reader(table)) {
            String title = in.readLine();
            String[] fields = new String[MOST_COLUMNS];
            int columns = title == null ? 0 : CsvFiles.split(title, fields);
            int[] features = features(fields, columns);
            if (features.length == 0) {
                throw new UnreadableFileException(table + " has no column of a feature");
            }
            List<double[]> rows = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int found = CsvFiles.split(line, fields);
                if (found != columns) {
                    throw new UnreadableFileException(
                            "%s, line %d: %d fields, expected %d"
                                    .formatted(table, rows.size() + 2, found, columns));
                }
                rows.add(row(fields, features));
            }
            return table(rows, features.length);
        }
    }

    private static int[] features(String[] names, int columns) {
        int[] features = new int[columns];
        int count = 0;
        for (int i = 0; i < columns; i++) {
            if (!names[i].strip().equalsIgnoreCase("label")) {
                features[count++] = i;
            }
        }
        return Arrays.copyOf(features, count);
    }

    private static double[] row(String[] fields, int[] features) {
        double[] row = new double[features.length];
        for (int k = 0; k < row.length; k++) {
            String field = fields[features[k]];
            row[k] = field.isEmpty() ? Double.NaN : Double.parseDouble(field);
        }
        return row;
    }

    private static FeatureRows table(List<double[]> rows, int width) {
        double[] all = new double[rows.size() * width];
        for (int k = 0; k < width; k++) {
            int column = k;
            double median = median(rows.stream().mapToDouble(row -> row[column]).toArray());
            for (int i = 0; i < rows.size(); i++) {
                double value = rows.get(i)[k];
                all[i * width + k] = Double.isFinite(value) ? value : median;
            }
        }
        return new FeatureRows(width, all);
    }

    private static double median(double[] values) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return known.length == 0 ? 0 : known[known.length / 2];
    }
}
