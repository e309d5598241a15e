package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strictness on which the tests of the chart rest. */
final class KubernetesObjectsTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x}
            spec:
              replicas: 1
              selector: {matchLabels: {a: b}}
              template:
                metadata: {labels: {a: b}}
                spec:
                  containers:
                    - name: x
                      image: x
                      readinessProbe: {httpGet: {path: /, port: 8080}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readinessProbe=readinesProbe",
                "path: /, port=path: /, prt",
                "replicas: 1=replicas: one",
                "selector: =selectors: ",
                "- name: x=- image: y",
                "kind: Deployment=kind: Deploymant"
            })
    void slipIsFound(String slip) {
        String[] change = slip.split("=", 2);
        JsonNode good = HelmChart.documents(DEPLOYMENT).getFirst();
        KubernetesObjects.check(good);
        String wrong = DEPLOYMENT.replace(change[0], change[1]);
        JsonNode bad = HelmChart.documents(wrong).getFirst();
        assertThrows(AssertionError.class, () -> KubernetesObjects.check(bad));
    }
}
