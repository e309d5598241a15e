package dev.vedette.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Columns of a file of comma-separated values: the name of each beside what it holds.
 *
 * @param <T> what a row is about
 */
final class CsvColumns<T> {
    private final List<String> names = new ArrayList<>();
    private final List<Function<? super T, ?>> values = new ArrayList<>();

    /** Adds a column to the right. */
    CsvColumns<T> with(String name, Function<? super T, ?> value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /** The file with a row for each of those. */
    Csv of(List<T> rows) {
        Csv csv = new Csv(names.toArray(String[]::new));
        for (T row : rows) {
            csv.row(values.stream().map(value -> value.apply(row)).toList());
        }
        return csv;
    }
}
