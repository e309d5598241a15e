package dev.vedette.ingestion.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Runs a consumer on a virtual thread until it fails for good, and then, when started again, a new
 * one. Thread-safe: one monitor guards its start and stop.
 */
final class KafkaLoop {
    private static final Logger LOG = Logger.getLogger(KafkaLoop.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** A consumer and what goes with it. */
    record Session(TopicConsumer consumer, DeadLetters letters) implements AutoCloseable {
        @Override
        public void close() {
            consumer.close();
            letters.close();
        }
    }

    private final Supplier<Session> sessions;
    private final KafkaMetrics metrics;
    private volatile boolean stopping;
    private volatile Optional<Session> current = Optional.empty();
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    KafkaLoop(Supplier<Session> sessions, KafkaMetrics metrics) {
        this.sessions = sessions;
        this.metrics = metrics;
    }

    /** Starts a consumer unless one is at work. */
    synchronized void start() {
        if (!stopping && !thread.isAlive()) {
            thread = Thread.ofVirtual().name("kafka-consumer").start(this::run);
        }
    }

    /** Ends the consumer after what it is taking in, so that its partitions move at once. */
    synchronized void stop() {
        stopping = true;
        current.ifPresent(session -> session.consumer().wakeup());
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Session session = sessions.get()) {
            current = Optional.of(session);
            while (!stopping) {
                session.consumer().turn();
            }
        } catch (WakeupException e) {
            LOG.debug("the Kafka consumer was asked to end");
        } catch (RuntimeException e) {
            metrics.failed();
            LOG.errorf(e, "the Kafka consumer ended, starting another one");
        } finally {
            current = Optional.empty();
        }
    }
}
