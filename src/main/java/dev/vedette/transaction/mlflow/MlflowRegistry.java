package dev.vedette.transaction.mlflow;

import static dev.vedette.transaction.mlflow.MlflowClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Models as MLflow has them: a tenant's experiment with one run for each version, and a registered
 * model whose aliases say which version decides. Everything may be done twice: what is there
 * already is found by the version that its run is tagged with. Blocking.
 */
final class MlflowRegistry {
    /** Alias of the version that decides. */
    static final String CHAMPION = "champion";

    /** Alias of the version that came into shadow last. */
    static final String CHALLENGER = "challenger";

    private static final String PROXIED = "mlflow-artifacts:/";
    private static final String FILE = "model.bin";
    private static final String VERSION = "vedette.version";
    private static final String STATE = "vedette.state";

    private final MlflowClient client;
    private final String prefix;

    /** A registry whose names begin with that prefix. */
    MlflowRegistry(MlflowClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    private String experimentName(TenantId tenant) {
        return prefix + "/" + tenant.value();
    }

    private String modelName(TenantId tenant) {
        return prefix + "." + tenant.value();
    }

    /**
     * Registers a version with all that is known of it.
     *
     * @return its number there
     */
    String register(TenantId tenant, ModelVersion version, byte[] artefact) {
        String experiment = experiment(tenant);
        JsonNode run =
                find(experiment, version).orElseGet(() -> start(experiment, tenant, version));
        String id = run.at("/info/run_id").asText();
        String place = run.at("/info/artifact_uri").asText();
        client.post("runs/log-batch", content(id, version));
        if (place.startsWith(PROXIED)) {
            client.upload(place.substring(PROXIED.length()) + "/" + FILE, artefact);
        }
        client.post(
                "runs/update",
                object().put("run_id", id)
                        .put("status", "FINISHED")
                        .put("end_time", version.createdAt().toEpochMilli()));
        client.create("registered-models/create", object().put("name", modelName(tenant)));
        return registered(id).orElseGet(() -> create(tenant, version, id, place));
    }

    private String experiment(TenantId tenant) {
        String name = experimentName(tenant);
        return client.get("experiments/get-by-name", Map.of("experiment_name", name))
                .map(found -> found.at("/experiment/experiment_id").asText())
                .orElseGet(() ->
                        client.post("experiments/create", object().put("name", name))
                                .path("experiment_id")
                                .asText());
    }

    private Optional<JsonNode> find(String experiment, ModelVersion version) {
        ObjectNode asked =
                object().put("filter", "tags.`%s` = '%d'".formatted(VERSION, version.version()))
                        .put("max_results", 1);
        asked.putArray("experiment_ids").add(experiment);
        JsonNode runs = client.post("runs/search", asked).path("runs");
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0));
    }

    private JsonNode start(String experiment, TenantId tenant, ModelVersion version) {
        ObjectNode run =
                object().put("experiment_id", experiment)
                        .put("run_name", "version " + version.version())
                        .put("start_time", version.createdAt().toEpochMilli());
        ArrayNode tags = run.putArray("tags");
        tag(tags, VERSION, Integer.toString(version.version()));
        tag(tags, "vedette.tenant", tenant.value());
        tag(tags, "vedette.author", version.author());
        return client.post("runs/create", run).path("run");
    }

    private static void tag(ArrayNode tags, String key, String value) {
        tags.addObject().put("key", key).put("value", value);
    }

    private static ObjectNode content(String run, ModelVersion version) {
        ObjectNode content = object().put("run_id", run);
        ArrayNode parameters = content.putArray("params");
        version.parameters().forEach((key, value) -> tag(parameters, key, value));
        ArrayNode metrics = content.putArray("metrics");
        version.metrics()
                .forEach((key, value) ->
                        metrics.addObject()
                                .put("key", key)
                                .put("value", value)
                                .put("timestamp", version.createdAt().toEpochMilli())
                                .put("step", 0));
        return content;
    }

    private Optional<String> registered(String run) {
        return client.get("model-versions/search", Map.of("filter", "run_id='" + run + "'"))
                .map(found -> found.path("model_versions"))
                .filter(versions -> !versions.isEmpty())
                .map(versions -> versions.get(0).path("version").asText());
    }

    private String create(TenantId tenant, ModelVersion version, String run, String place) {
        ObjectNode created =
                object().put("name", modelName(tenant)).put("source", place).put("run_id", run);
        tag(created.putArray("tags"), VERSION, Integer.toString(version.version()));
        return client.post("model-versions/create", created).at("/model_version/version").asText();
    }

    /** Tells the version's state: a tag, and the alias that goes with it. */
    void tell(TenantId tenant, ModelVersion version, String number, Instant now) {
        ObjectNode tag =
                object().put("name", modelName(tenant))
                        .put("version", number)
                        .put("key", STATE)
                        .put("value", version.state().label());
        client.post("model-versions/set-tag", tag);
        client.post(
                "model-versions/set-tag",
                tag.deepCopy().put("key", STATE + "_told_at").put("value", now.toString()));
        alias(tenant, CHAMPION, number, version.state() == ModelVersion.State.PROMOTED);
        alias(tenant, CHALLENGER, number, version.state() == ModelVersion.State.SHADOW);
    }

    private void alias(TenantId tenant, String alias, String number, boolean isWanted) {
        String name = modelName(tenant);
        ObjectNode body = object().put("name", name).put("alias", alias);
        if (isWanted) {
            client.post("registered-models/alias", body.put("version", number));
        } else if (bearer(name, alias).equals(Optional.of(number))) {
            client.delete("registered-models/alias", body);
        }
    }

    /** The number of the version that has the alias: the model says them all at once. */
    private Optional<String> bearer(String name, String alias) {
        JsonNode aliases =
                client.get("registered-models/get", Map.of("name", name))
                        .map(found -> found.at("/registered_model/aliases"))
                        .orElseGet(MlflowClient::object);
        for (JsonNode one : aliases) {
            if (one.path("alias").asText().equals(alias)) {
                return Optional.of(one.path("version").asText());
            }
        }
        return Optional.empty();
    }
}
