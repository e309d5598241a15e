package dev.vedette.transaction.scoring;

import dev.vedette.detection.FairShare;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.tracing.Tracing;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.DecisionDesk;
import dev.vedette.transaction.intake.Handled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The desks of all shards, each with a virtual thread of its own from the first run of the job on:
 * in processes without the worker's role none opens, and everything goes to the queue.
 */
@ApplicationScoped
class TransactionDesks implements PeriodicJob, DecisionDesk {
    private static final Logger LOG = Logger.getLogger(TransactionDesks.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final List<ShardDesk> desks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final FairShare share = new FairShare(TransactionShards.COUNT);
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final DecisionStore store;
    private final SnapshotKeeper keeper;
    private volatile boolean isStopping;

    TransactionDesks(
            DecisionStore store,
            Settings settings,
            TransactionConfig config,
            InstantSource clock,
            MeterRegistry metrics,
            Tracing tracing) {
        this.store = store;
        this.keeper = new SnapshotKeeper(store);
        String owner = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
        ShardDesk.Limits limits =
                new ShardDesk.Limits(
                        config.maxWaiting(),
                        config.tickTransactions(),
                        config.leaseTtl(),
                        config.lookInterval(),
                        config.linger());
        Supplier<ShardJudge> judges =
                () -> new ShardJudge(store, settings, config.snapshotInterval(), clock);
        QueueNews news = new QueueNews(store, limits.look(), clock);
        for (int shard = 0; shard < TransactionShards.COUNT; shard++) {
            desks.add(
                    new ShardDesk(
                            shard, owner, store, news, judges, keeper, limits, clock, tracing));
        }
        Gauge.builder("vedette_transaction_shards", share, FairShare::held).register(metrics);
    }

    @Override
    public String name() {
        return "transactions";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        share.count(store.workers());
        if (isStarted.compareAndSet(false, true)) {
            for (int shard = 0; shard < desks.size(); shard++) {
                int number = shard;
                threads.add(
                        Thread.ofVirtual().name("transactions-" + shard).start(() -> loop(number)));
            }
        }
    }

    private void loop(int shard) {
        boolean isFailing = false;
        while (!isStopping) {
            try {
                boolean works = look(shard);
                isFailing = false;
                if (!works) {
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Said once, not for as long as the database is away.
                if (!isFailing) {
                    LOG.warnf(e, "deciding failed, trying again shard=%d", shard);
                }
                isFailing = true;
                pause();
            }
        }
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
    }

    private boolean look(int shard) throws InterruptedException {
        return switch (share.decide(shard)) {
            case LEAVE -> false;
            case GIVE_BACK -> {
                desks.get(shard).release();
                yield false;
            }
            case WORK -> {
                boolean works = desks.get(shard).work();
                if (!works) {
                    share.lost(shard);
                }
                yield works;
            }
        };
    }

    void stop(@Observes ShutdownEvent stopping) {
        isStopping = true;
        keeper.stop();
        for (int shard = 0; shard < threads.size(); shard++) {
            stop(shard);
        }
    }

    private void stop(int shard) {
        try {
            if (threads.get(shard).join(STOP_PATIENCE)) {
                desks.get(shard).release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The lease expires by itself.
            LOG.debugf(e, "shard not given back shard=%d", shard);
        }
    }

    @Override
    public int shardOf(ReceivedTransaction transaction) {
        return TransactionShards.of(transaction.tenant());
    }

    @Override
    public Optional<CompletionStage<List<Handled>>> offer(int shard, List<ReceivedTransaction> of) {
        return desks.get(shard).offer(of);
    }
}
