package dev.vedette.transaction.scoring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of the payment road. */
@ConfigMapping(prefix = "vedette.transaction")
public interface TransactionConfig {
    /** How long a shard of tenants stays with a worker that is not heard of. */
    @WithDefault("PT10S")
    Duration leaseTtl();

    /** How often a worker looks for transactions that another process took in. */
    @WithDefault("PT0.1S")
    Duration lookInterval();

    /** Time between snapshots of what is known of accounts; a restart replays what came after. */
    @WithDefault("PT1M")
    Duration snapshotInterval();

    /** Most requests that wait for the decisions of a shard; beyond it senders are told to wait. */
    @WithDefault("2000")
    @Min(1)
    int maxWaiting();

    /** Most transactions that share a commit, about. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int tickTransactions();

    /**
     * How long a decision waits for others to share its commit with, where several are asked for at
     * a time; one alone never waits.
     */
    @WithDefault("PT0.0005S")
    Duration linger();

    /** Most WebSocket connections of senders to this process. */
    @WithDefault("500")
    @Min(1)
    int maxSockets();

    /** Most messages of a WebSocket connection that are under way; beyond, none is read. */
    @WithDefault("16")
    @Min(1)
    @Max(1_000)
    int socketInFlight();
}
