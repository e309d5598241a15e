package dev.vedette.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Set;

/** Reads objects as strictly as a Kubernetes server: no field it does not know, none missing. */
final class KubernetesObjects {
    private static final Set<String> CUSTOM =
            Set.of("monitoring.coreos.com/v1", "keda.sh/v1alpha1", "gateway.networking.k8s.io/v1");

    private KubernetesObjects() {}

    /**
     * Checks one object against the model of its kind; custom resources are not known here.
     *
     * @throws AssertionError when a field is unknown, missing or of the wrong type
     */
    static void check(JsonNode object) {
        String group = object.path("apiVersion").asText();
        if (CUSTOM.contains(group)) {
            return;
        }
        String version = group.substring(group.indexOf('/') + 1).toUpperCase(Locale.ROOT);
        String model =
                "io.kubernetes.client.openapi.models." + version + object.path("kind").asText();
        try {
            Class<?> type = Class.forName(model);
            JsonElement json = JsonParser.parseString(object.toString());
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            Object read = JSON.getGson().fromJson(json, type);
            if (read == null) {
                throw new AssertionError("nothing in " + object);
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError("%s: %s".formatted(e.getCause().getMessage(), object), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new AssertionError("%s: %s".formatted(e.getMessage(), object), e);
        }
    }
}
