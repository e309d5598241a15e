package dev.vedette.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a CSV file.
 *
 * @param present whether the first line names them
 * @param timed whether the first column is the time
 * @param metrics names of the value columns, in order
 */
record CsvHeader(boolean present, boolean timed, List<String> metrics) {
    private static final int MOST_COLUMNS = 4096;

    /**
     * The columns by the file's first line.
     *
     * @throws UnreadableFileException when it is not that of a file of metrics
     */
    static CsvHeader of(String line, ScoreRequest request) {
        String[] fields = new String[MOST_COLUMNS];
        int count = CsvFiles.split(line, fields);
        boolean timed = request.clock().isEmpty();
        boolean present = timed || !isNumber(fields[count - 1]);
        boolean skipsFirst = present && fields[0].strip().equalsIgnoreCase("timestamp");
        if (timed && !skipsFirst) {
            throw new UnreadableFileException(
                    request.input()
                            + ", line 1: the first column must be 'timestamp', is '"
                            + fields[0]
                            + "' (for rows without timestamps give --start and --step)");
        }
        List<String> metrics = new ArrayList<>();
        for (int i = skipsFirst ? 1 : 0; i < count; i++) {
            metrics.add(present ? fields[i].strip() : "metric" + i);
        }
        if (metrics.isEmpty()) {
            throw new UnreadableFileException(
                    request.input() + ", line 1: there is no value column");
        }
        return new CsvHeader(present, skipsFirst, List.copyOf(metrics));
    }

    private static boolean isNumber(String text) {
        try {
            return text.isBlank() || !Double.isInfinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
