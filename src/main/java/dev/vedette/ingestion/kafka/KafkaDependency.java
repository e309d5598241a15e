package dev.vedette.ingestion.kafka;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The brokers. A consumer does not tell that they are away: its polls bring nothing, as those of a
 * topic that nobody writes to. So they are asked who is in their cluster, which needs no rights.
 */
@Singleton
class KafkaDependency implements Dependency {
    private final KafkaConfig config;
    private @Nullable Admin admin;

    KafkaDependency(KafkaConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public boolean isSetUp() {
        return config.bootstrapServers().isPresent() && !config.topics().isEmpty();
    }

    @Override
    public Set<ServiceRole> roles() {
        return Set.of(ServiceRole.API);
    }

    @Override
    public synchronized void ask() {
        if (admin == null) {
            admin = KafkaClients.admin(config, PATIENCE);
        }
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(
                    "no broker answered within %d s".formatted(PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted");
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
