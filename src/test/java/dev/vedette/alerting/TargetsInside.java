package dev.vedette.alerting;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Lets messages go to this machine. */
public final class TargetsInside implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "vedette.notifier.allowed-targets",
                "127.0.0.0/8",
                "vedette.notifier.allow-plain-http",
                "true");
    }
}
