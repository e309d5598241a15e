package dev.vedette.packaging;

import static dev.vedette.packaging.HelmChart.ofKind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in at an identity provider through the chart. */
final class HelmSignInTest {
    private static final String VALUES =
            """
            oidc:
              issuer: https://id.example.org/realms/acme
              existingSecret: vedette-oidc
              label: Keycloak
              claims:
                roleMapping: {ops: viewer, "cn=ops,ou=x": admin}
              bearer:
                keys: https://id.example.org/realms/acme/certs
            ingress: {enabled: true, host: vedette.example.org}
            """;

    @TempDir Path folder;

    @Test
    void claimsAreReadAlikeInTheBrowserAndAtTheApi() throws IOException {
        JsonNode data = ofKind(render(VALUES), "ConfigMap").getFirst().path("data");
        assertEquals("https://id.example.org/realms/acme", text(data, "VEDETTE_OIDC_ISSUER"));
        assertEquals("profile,email", text(data, "VEDETTE_OIDC_SCOPES"));
        assertEquals("true", text(data, "VEDETTE_BEHIND_PROXY"));
        for (String prefix : List.of("VEDETTE_OIDC_CLAIMS", "VEDETTE_HTTP_TRUSTED_CLAIMS")) {
            assertEquals("cn=ops\\,ou=x=admin,ops=viewer", text(data, prefix + "_ROLE_MAPPING"));
            assertEquals("groups", text(data, prefix + "_ROLES"));
        }
        assertTrue(data.path("VEDETTE_OIDC_CLIENT_SECRET").isMissingNode());
    }

    @Test
    void onlyTheApiHasTheSecretAndMayReachTheProvider() throws IOException {
        List<JsonNode> objects = render(VALUES);
        for (JsonNode deployment : ofKind(objects, "Deployment")) {
            boolean isApi = deployment.at("/metadata/name").asText().endsWith("-api");
            String env = deployment.at("/spec/template/spec/containers/0/env").toString();
            assertEquals(
                    isApi,
                    env.contains(
                            "{\"name\":\"VEDETTE_OIDC_CLIENT_SECRET\",\"valueFrom\":{\"secretKeyRef\":"
                                    + "{\"name\":\"vedette-oidc\",\"key\":\"client-secret\"}}}"),
                    env);
        }
        JsonNode policy =
                ofKind(objects, "NetworkPolicy").stream()
                        .filter(HelmSignInTest::isOfTheProvider)
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                "[\"api\"]", policy.at("/spec/podSelector/matchExpressions/0/values").toString());
        assertEquals(443, policy.at("/spec/egress/0/ports/0/port").asInt());
    }

    @Test
    void withoutAnIssuerNothingOfItIsThere() throws IOException {
        List<JsonNode> objects = render("logJson: true\n");
        String data = ofKind(objects, "ConfigMap").getFirst().path("data").toString();
        assertTrue(!data.contains("OIDC") && !data.contains("TRUSTED"), data);
        assertTrue(!data.contains("BEHIND_PROXY"), data);
        assertTrue(
                ofKind(objects, "NetworkPolicy").stream()
                        .noneMatch(HelmSignInTest::isOfTheProvider));
    }

    @Test
    void secretInClearAndUnknownRolesAreRefused() {
        for (String wrong :
                List.of(
                        "settings: {VEDETTE_OIDC_CLIENT_SECRET: hunter2}\n",
                        "oidc: {claims: {roleMapping: {ops: king}}}\n",
                        "oidc: {issuer: 'https://user:hunter2@id.example.org'}\n")) {
            assertThrows(IllegalStateException.class, () -> render(wrong), wrong);
        }
    }

    private static boolean isOfTheProvider(JsonNode policy) {
        return policy.at("/metadata/name").asText().endsWith("-egress-identity-provider");
    }

    private static String text(JsonNode data, String name) {
        return data.path(name).asText();
    }

    private List<JsonNode> render(String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        return new HelmChart(folder.resolve("chart")).render(file);
    }
}
