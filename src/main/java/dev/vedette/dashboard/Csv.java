package dev.vedette.dashboard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values (RFC 4180) that a spreadsheet opens without running anything: a text that
 * it would take for a formula gets an apostrophe before it, which spreadsheets show as text. Names
 * and explanations come from senders, who may be anybody. Numbers stay numbers.
 */
final class Csv {
    // OWASP, "CSV Injection": what makes Excel, LibreOffice or Sheets take a cell for a formula.
    private static final String LIVE = "=+-@\t\r\n";

    private final StringBuilder text = new StringBuilder();

    /** Begins with the names of the columns. */
    Csv(String... columns) {
        row(List.of(columns));
    }

    /**
     * Adds a row.
     *
     * @param cells a {@link Number} is written as one, NaN as nothing, all else as text
     */
    Csv row(List<?> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
        return this;
    }

    private static String cell(Object cell) {
        return switch (cell) {
            case Double number -> Double.isFinite(number) ? number.toString() : "";
            case Number number -> number.toString();
            default -> quoted(defused(cell.toString()));
        };
    }

    private static String defused(String text) {
        return text.isEmpty() || LIVE.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    private static String quoted(String text) {
        boolean isPlain =
                text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
