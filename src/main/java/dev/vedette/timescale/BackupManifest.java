package dev.vedette.timescale;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup file holds; its entry {@value #ENTRY}, written last, so that a file cut off is
 * known by its absence.
 *
 * @param schemaVersion version of the schema, as the migrations count
 * @param createdAt when the data was as it is in the file, ISO 8601
 * @param tables the tables, those before that others refer to
 * @param sequences the number lines
 */
record BackupManifest(
        String schemaVersion, String createdAt, List<Table> tables, List<Sequence> sequences) {
    /** Name of its entry. */
    static final String ENTRY = "manifest.json";

    /** Version of the file's form; one that is newer is refused. */
    static final int FORMAT = 1;

    /**
     * A table; its rows are in the entry {@link #entry()}, in PostgreSQL's binary COPY format.
     *
     * @param name in the schema public
     * @param columns in the order of the rows
     * @param rows how many
     * @param sha256 of the entry, hexadecimal
     */
    record Table(String name, List<String> columns, long rows, String sha256) {
        /** Name of its entry. */
        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /**
     * A number line.
     *
     * @param name in the schema public
     * @param last the last number given
     */
    record Sequence(String name, long last) {}

    /** As text. */
    String encode() {
        JsonArray listed = new JsonArray();
        for (Table table : tables) {
            listed.add(
                    new JsonObject()
                            .put("name", table.name())
                            .put("columns", new JsonArray(List.copyOf(table.columns())))
                            .put("rows", table.rows())
                            .put("sha256", table.sha256()));
        }
        JsonArray lines = new JsonArray();
        for (Sequence sequence : sequences) {
            lines.add(new JsonObject().put("name", sequence.name()).put("last", sequence.last()));
        }
        return new JsonObject()
                .put("format", FORMAT)
                .put("schema_version", schemaVersion)
                .put("created_at", createdAt)
                .put("tables", listed)
                .put("sequences", lines)
                .encodePrettily();
    }

    /**
     * Of that text.
     *
     * @throws IllegalStateException when it is of a newer form
     */
    static BackupManifest decode(String text) {
        JsonObject json = new JsonObject(text);
        if (json.getInteger("format") > FORMAT) {
            throw new IllegalStateException(
                    "the backup has form "
                            + json.getInteger("format")
                            + ", this version reads up to "
                            + FORMAT
                            + "; restore with a newer vedette");
        }
        List<Table> tables = new ArrayList<>();
        for (Object one : json.getJsonArray("tables")) {
            JsonObject table = (JsonObject) one;
            tables.add(
                    new Table(
                            table.getString("name"),
                            table.getJsonArray("columns").stream().map(String::valueOf).toList(),
                            table.getLong("rows"),
                            table.getString("sha256")));
        }
        List<Sequence> sequences = new ArrayList<>();
        for (Object one : json.getJsonArray("sequences")) {
            JsonObject sequence = (JsonObject) one;
            sequences.add(new Sequence(sequence.getString("name"), sequence.getLong("last")));
        }
        return new BackupManifest(
                json.getString("schema_version"), json.getString("created_at"), tables, sequences);
    }

    /** How many rows in all. */
    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
