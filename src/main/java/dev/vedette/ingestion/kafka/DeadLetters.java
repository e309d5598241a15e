package dev.vedette.ingestion.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Puts records aside, durably, before their partition moves past them. The producer is opened for
 * the first one. Belongs to one consumer's thread.
 */
final class DeadLetters implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Supplier<Producer<byte[], byte[]>> open;
    private @Nullable Producer<byte[], byte[]> producer;

    DeadLetters(Supplier<Producer<byte[], byte[]>> open) {
        this.open = open;
    }

    /**
     * Sends them and waits until all are acknowledged. A crash before the partition moved sends
     * them again.
     *
     * @throws KafkaException when one of them is not known to be stored
     */
    void send(String topic, List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Producer<byte[], byte[]> to = producer == null ? open.get() : producer;
        producer = to;
        List<Future<?>> sent = new ArrayList<>(letters.size());
        letters.forEach(letter -> sent.add(to.send(letter.to(topic))));
        to.flush();
        for (Future<?> one : sent) {
            await(one);
        }
    }

    private static void await(Future<?> sent) {
        try {
            sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("dead letters could not be stored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while storing dead letters", e);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
