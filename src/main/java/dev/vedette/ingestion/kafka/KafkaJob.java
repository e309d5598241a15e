package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerIntake;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.ServiceRole;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps the consumer going where Kafka is configured; it has a virtual thread of its own. */
@Singleton
class KafkaJob implements PeriodicJob {
    private final KafkaLoop loop;
    private final KafkaMetrics metrics;
    private final boolean configured;

    KafkaJob(
            KafkaConfig config,
            IngestionConfig ingestion,
            PointIntake points,
            BrokerLog log,
            PointLog lanes,
            IngestionMetrics ingestionMetrics,
            @All List<RecordIntake> others,
            MeterRegistry registry,
            InstantSource clock,
            Tracing tracing) {
        List<TenantTopic> topics = config.topics().values().stream().map(TenantTopic::of).toList();
        this.configured = config.bootstrapServers().isPresent() && !topics.isEmpty();
        this.metrics = new KafkaMetrics(registry, configured ? topics : List.of());
        RecordDecoder decoder =
                new RecordDecoder(
                        new BodyLimits(
                                ingestion.maxBody().asLongValue(),
                                ingestion.maxCompressionRatio(),
                                ingestion.maxRequestPoints()));
        Supplier<KafkaLoop.Session> session =
                () -> {
                    BrokerIntake intake =
                            new BrokerIntake(points, log, lanes, ingestionMetrics, tracing);
                    DeadLetters letters = new DeadLetters(() -> KafkaClients.producer(config));
                    TopicIntake taking =
                            new TopicIntake(
                                    config.group(),
                                    Stream.concat(
                                                    Stream.of(new PointRecords(intake, decoder)),
                                                    others.stream())
                                            .toList(),
                                    letters,
                                    metrics,
                                    tracing);
                    return new KafkaLoop.Session(
                            new TopicConsumer(
                                    config,
                                    KafkaClients.consumer(config),
                                    topics,
                                    intake,
                                    taking,
                                    metrics,
                                    clock),
                            letters);
                };
        this.loop = new KafkaLoop(session, metrics);
    }

    @Override
    public String name() {
        return "consume-kafka";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public ServiceRole role() {
        return ServiceRole.API;
    }

    @Override
    public void run() {
        if (configured) {
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        loop.stop();
        metrics.forget();
    }
}
