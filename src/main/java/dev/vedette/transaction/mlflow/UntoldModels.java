package dev.vedette.transaction.mlflow;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Model versions whose state MLflow has not heard of. Blocking, for jobs. */
public interface UntoldModels {
    /**
     * One of them.
     *
     * @param tenant whose
     * @param version as it stands
     * @param number its number in MLflow's registry; empty until it is there
     */
    record Untold(TenantId tenant, ModelVersion version, Optional<String> number) {}

    /**
     * Versions that were not tried for so long, oldest first, at most so many; each is given to one
     * asker.
     */
    List<Untold> take(Duration retry, int most);

    /** Its number in MLflow's registry, as soon as it is there. */
    void numbered(Untold of, String number);

    /** MLflow knows the state that {@code of} has. */
    void told(Untold of);
}
