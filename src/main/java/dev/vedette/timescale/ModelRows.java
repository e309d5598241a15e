package dev.vedette.timescale;

import dev.vedette.transaction.scoring.ModelVersion;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Rows of {@code model_version} as the domain has them. */
final class ModelRows {
    /** What {@link #of} reads, as one object: everything but the model itself. */
    static final String COLUMNS =
            "jsonb_build_object('version', version, 'kind', kind, 'state', state, 'parameters',"
                    + " parameters, 'metrics', metrics, 'author', author, 'created_at', created_at,"
                    + " 'changed_at', changed_at, 'note', note, 'mlflow_version', mlflow_version)";

    private ModelRows() {}

    /** The version of an object with all that {@link #COLUMNS} has. */
    static ModelVersion of(JsonObject row) {
        return new ModelVersion(
                row.getInteger("version"),
                row.getString("kind"),
                ModelVersion.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                TransactionJson.texts(row.getJsonObject("parameters")),
                TransactionJson.numbers(row.getJsonObject("metrics")),
                row.getString("author"),
                OffsetDateTime.parse(row.getString("created_at")).toInstant(),
                OffsetDateTime.parse(row.getString("changed_at")).toInstant(),
                row.getString("note"),
                Optional.ofNullable(row.getString("mlflow_version")));
    }
}
