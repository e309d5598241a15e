package dev.vedette.ingestion.source;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads points from CSV, a block of rows at a time. Three layouts: {@code timestamp,value}; {@code
 * timestamp,metric1,metric2,…}; and, without a header or a column of times, one row per step and
 * one column per metric, which then are called {@code m00}, {@code m01}, … Empty cells, {@code NaN}
 * and {@code null} are gaps. Not thread-safe.
 */
public final class CsvPoints implements Closeable {
    private static final Set<String> TIME_COLUMNS =
            Set.of("timestamp", "time", "ts", "date", "datetime");
    private static final Set<String> GAPS = Set.of("", "nan", "null", "na", "none");

    /**
     * How to read a file that does not say it itself.
     *
     * @param start time of the first row, needed when there is no column of times
     * @param step time between rows, above zero
     * @param metric what the only metric is called; empty: its column's name, or the file's when
     *     that is {@code value}
     */
    public record Layout(Optional<Instant> start, Duration step, Optional<String> metric) {}

    private final BufferedReader reader;
    private final boolean hasTimes;
    private final List<String> metrics;
    private final long stepMillis;
    private long nextMillis;
    private Optional<String> firstRow;
    private long line;

    private long[] times = {};
    private double[] values = {};
    private int rows;

    /**
     * Opens CSV.
     *
     * @param content the text, not compressed; closed with this
     * @param name of the file, for messages and the metric's name
     * @throws IOException when it is empty or its layout cannot be told; the message says why
     */
    public CsvPoints(InputStream content, String name, Layout layout) throws IOException {
        reader =
                new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), 1 << 16);
        String head = nextLine().orElseThrow(() -> new IOException(name + " is empty"));
        List<String> cells = List.of(head.split(",", -1));
        boolean header =
                cells.stream().anyMatch(cell -> !isNumber(cell) && !isGap(cell))
                        && !startsWithTime(cells);
        hasTimes = header ? TIME_COLUMNS.contains(plain(cells.getFirst())) : startsWithTime(cells);
        firstRow = header ? Optional.empty() : Optional.of(head);
        metrics = metrics(cells, header, hasTimes, stem(name), layout);
        stepMillis = layout.step().toMillis();
        if (!hasTimes) {
            nextMillis =
                    layout.start()
                            .orElseThrow(() ->
                                    new IOException(
                                            name
                                                    + " has no column of times; say when"
                                                    + " its first row is (--start) and"
                                                    + " the time between rows (--step)"))
                            .toEpochMilli();
        }
    }

    private static List<String> metrics(
            List<String> cells, boolean header, boolean hasTimes, String stem, Layout layout)
            throws IOException {
        int skipped = hasTimes ? 1 : 0;
        int count = cells.size() - skipped;
        if (count < 1) {
            throw new IOException(stem + " has no column of values");
        }
        if (layout.metric().isPresent() && count > 1) {
            throw new IOException(stem + " has " + count + " metrics; they cannot share one name");
        }
        if (layout.metric().isPresent()) {
            return List.of(layout.metric().get());
        }
        if (count == 1 && (!header || plain(cells.getLast()).equals("value"))) {
            return List.of(stem);
        }
        int digits = Math.max(2, Integer.toString(count - 1).length());
        return IntStream.range(0, count)
                .mapToObj(i ->
                        header
                                ? cells.get(i + skipped).strip()
                                : String.format(Locale.ROOT, "m%0" + digits + "d", i))
                .toList();
    }

    /** The metrics, one per column of values. */
    public List<String> metrics() {
        return metrics;
    }

    /**
     * Reads the next rows.
     *
     * @param maxRows above 0
     * @return how many were read; 0 at the end
     * @throws IOException when a row has another number of cells, or a cell is neither a number nor
     *     a gap; the message has the line's number
     */
    public int read(int maxRows) throws IOException {
        times = new long[maxRows];
        values = new double[maxRows * metrics.size()];
        rows = 0;
        while (rows < maxRows) {
            Optional<String> row = firstRow.isPresent() ? firstRow : nextLine();
            firstRow = Optional.empty();
            if (row.isEmpty()) {
                break;
            }
            parse(row.get());
            rows++;
        }
        return rows;
    }

    /** Time of a row of the last read. */
    public long epochMillis(int row) {
        return times[row];
    }

    /** Value of a row of the last read; NaN for a gap. */
    public double value(int row, int metric) {
        return values[row * metrics.size() + metric];
    }

    private void parse(String row) throws IOException {
        int from = 0;
        int cell = hasTimes ? -1 : 0;
        while (from <= row.length()) {
            int comma = row.indexOf(',', from);
            int to = comma < 0 ? row.length() : comma;
            if (cell >= metrics.size()) {
                throw broken("has more than " + metrics.size() + " values");
            }
            String text = row.substring(from, to).strip();
            if (cell < 0) {
                times[rows] = time(text);
            } else {
                values[rows * metrics.size() + cell] = number(text);
            }
            cell++;
            from = to + 1;
        }
        if (cell < metrics.size()) {
            throw broken("has " + cell + " values instead of " + metrics.size());
        }
        if (!hasTimes) {
            times[rows] = nextMillis;
            nextMillis += stepMillis;
        }
    }

    private long time(String text) throws IOException {
        return CsvTimes.parse(plain(text))
                .orElseThrow(() -> broken("has '" + text + "' where a time should be"));
    }

    private double number(String text) throws IOException {
        if (isGap(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw broken("has '" + text + "' where a number should be");
        }
    }

    private IOException broken(String what) {
        return new IOException("line " + line + " " + what);
    }

    private Optional<String> nextLine() throws IOException {
        String next = reader.readLine();
        line++;
        while (next != null && next.isBlank()) {
            next = reader.readLine();
            line++;
        }
        return Optional.ofNullable(next);
    }

    private static boolean startsWithTime(List<String> cells) {
        String first = plain(cells.getFirst());
        return !isNumber(first) && cells.size() > 1 && CsvTimes.parse(first).isPresent();
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isGap(String cell) {
        return GAPS.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    private static String plain(String cell) {
        return cell.strip().replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /** A file's name without folder and endings. */
    public static String stem(String name) {
        String file = Path.of(name).getFileName().toString();
        return file.replaceFirst("\\.csv(\\.gz)?$", "");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
