package dev.vedette.evaluation;

import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads transactions from CSV. Columns are known by their names: {@code transaction_id} or {@code
 * tx_id}, {@code ts}, {@code time} or {@code timestamp}, {@code account}, {@code user} or {@code
 * customer_id}, {@code amount}, and if there are any {@code currency}, {@code merchant}, {@code
 * country} and {@code channel}. {@code label} and {@code scenario} are kept apart: they are what a
 * judgement is compared with. Any other column is an attribute.
 */
final class TransactionFile {
    private static final int MOST_COLUMNS = 128;
    private static final String NO_CURRENCY = "XXX"; // ISO 4217 for none

    private static final Map<String, String> NAMES =
            Map.of(
                    "tx_id", "transaction_id",
                    "id", "transaction_id",
                    "ts", "time",
                    "timestamp", "time",
                    "user", "account",
                    "customer_id", "account",
                    "account_id", "account",
                    "merchant_id", "merchant");

    /**
     * One row.
     *
     * @param transaction what it says
     * @param label {@code label}, or empty
     * @param line number in the file, from 1, the header included
     */
    record Row(Transaction transaction, String label, int line) {}

    private final Path file;
    private final List<String> columns = new ArrayList<>();

    private TransactionFile(Path file) {
        this.file = file;
    }

    /**
     * All rows, in the order of the file.
     *
     * @throws UnreadableFileException when a column is missing or a field cannot be read
     */
    static List<Row> read(Path file) throws IOException {
        try (BufferedReader in = CsvFiles.reader(file)) {
            return new TransactionFile(file).rows(in);
        }
    }

    private List<Row> rows(BufferedReader in) throws IOException {
        String title = in.readLine();
        String[] fields = new String[MOST_COLUMNS];
        int count = title == null ? 0 : CsvFiles.split(title, fields);
        for (int i = 0; i < count; i++) {
            String name = fields[i].strip().toLowerCase(Locale.ROOT);
            columns.add(NAMES.getOrDefault(name, name));
        }
        for (String needed : List.of("time", "account", "amount")) {
            if (!columns.contains(needed)) {
                throw new UnreadableFileException(file + " has no column " + needed);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int found = CsvFiles.split(line, fields);
            rows.add(row(fields, found, rows.size() + 2));
        }
        return rows;
    }

    private Row row(String[] fields, int found, int line) {
        if (found != columns.size()) {
            throw unreadable(line, found + " fields, expected " + columns.size());
        }
        Map<String, String> known = new TreeMap<>();
        for (int i = 0; i < found; i++) {
            if (!fields[i].isEmpty()) {
                known.put(columns.get(i), fields[i]);
            }
        }
        try {
            return new Row(transaction(known, line), known.getOrDefault("label", ""), line);
        } catch (IllegalArgumentException e) {
            throw unreadable(line, String.valueOf(e.getMessage()));
        }
    }

    private static Transaction transaction(Map<String, String> known, int line) {
        Map<String, AttributeValue> others = new TreeMap<>();
        known.forEach((name, value) -> {
            switch (name) {
                case "transaction_id",
                        "time",
                        "account",
                        "amount",
                        "currency",
                        "merchant",
                        "country",
                        "channel",
                        "label",
                        "scenario" -> {}
                default -> others.put(name, new AttributeValue.Text(value));
            }
        });
        return new Transaction(
                known.getOrDefault("transaction_id", Integer.toString(line)),
                known.getOrDefault("account", ""),
                Instant.ofEpochMilli(Timestamps.parse(known.getOrDefault("time", ""))),
                Double.parseDouble(known.getOrDefault("amount", "")),
                known.getOrDefault("currency", NO_CURRENCY),
                known.get("merchant"),
                known.get("country"),
                known.get("channel"),
                Attributes.of(others));
    }

    private UnreadableFileException unreadable(int line, String reason) {
        return new UnreadableFileException("%s, line %d: %s".formatted(file, line, reason));
    }
}
