package dev.vedette.transaction.mlflow;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The MLflow server, asked for the experiment that every server has. */
@Singleton
class MlflowDependency implements Dependency {
    private final Optional<MlflowClient> client;

    MlflowDependency(MlflowConfig config) {
        this.client = config.url().map(url -> new MlflowClient(url, config));
    }

    @Override
    public String name() {
        return "mlflow";
    }

    @Override
    public boolean isSetUp() {
        return client.isPresent();
    }

    @Override
    public Set<ServiceRole> roles() {
        return Set.of(ServiceRole.WORKER);
    }

    @Override
    public void ask() {
        client.orElseThrow().get("experiments/get-by-name", Map.of("experiment_name", "Default"));
    }
}
