package dev.vedette.transaction.training;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of the models of transactions. */
@ConfigMapping(prefix = "vedette.models")
public interface ModelsConfig {
    /** Whether tenants get models by themselves; when not, only who asks for one. */
    @WithDefault("true")
    boolean scheduled();

    /** How old a tenant's newest model gets before the next is trained. */
    @WithDefault("P7D")
    Duration trainingAge();

    /** Fewest decided transactions of a tenant that gets a model by itself. */
    @WithDefault("1000")
    @Min(200)
    int fewestTransactions();

    /**
     * What becomes of a version that the schedule trained: {@code register} (it waits for a
     * person), {@code shadow} or {@code promote}. A tenant's first is promoted whatever is said.
     */
    @WithDefault("register")
    TrainingRun.Next scheduledNext();

    /** How often the volume of alerts of a promoted model is looked at. */
    @WithDefault("PT1M")
    Duration watchInterval();

    /** How many of a tenant's newest decisions are looked at for it. */
    @WithDefault("5000")
    @Min(100)
    @Max(100_000)
    int watchedDecisions();

    /**
     * How many times more, or less, alerts than in its trial a promoted model may raise before the
     * one before it is promoted again.
     */
    @WithDefault("5")
    @DecimalMin("1")
    double alertFactor();

    /** Most bytes of a model that somebody brings. */
    @WithDefault("16M")
    MemorySize largestUpload();
}
