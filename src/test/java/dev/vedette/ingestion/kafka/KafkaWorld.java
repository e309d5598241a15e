package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.Admission;
import dev.vedette.ingestion.AdmissionRules;
import dev.vedette.ingestion.BrokerIntake;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.Catalogue;
import dev.vedette.ingestion.CommitSettings;
import dev.vedette.ingestion.GroupCommit;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IntakeTally;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.timescale.TestDatabase;
import dev.vedette.tracing.RecordedSpans;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One group's consumers on a broker and a database of the test. */
final class KafkaWorld {
    final KafkaConfig config;
    final TenantTopic topic;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RecordedSpans recorded = new RecordedSpans();
    private final KafkaMetrics metrics;
    private final TestDatabase database;
    private final KafkaBroker broker;
    private final TenantLimits limits;

    KafkaWorld(
            KafkaBroker broker,
            TestDatabase database,
            String name,
            TenantLimits limits,
            int polled) {
        this.broker = broker;
        this.database = database;
        this.limits = limits;
        Map<String, String> settings = new HashMap<>();
        settings.put("vedette.kafka.bootstrap-servers", broker.address());
        settings.put("vedette.kafka.group", name);
        settings.put("vedette.kafka.max-poll-records", String.valueOf(polled));
        settings.put("vedette.kafka.retry-interval", "PT0.05S");
        settings.put("vedette.kafka.topics.t.topic", name);
        settings.put("vedette.kafka.topics.t.tenant", "acme");
        settings.put("vedette.kafka.properties.\"session.timeout.ms\"", "2000");
        settings.put("vedette.kafka.properties.\"max.poll.interval.ms\"", "3000");
        settings.put("vedette.kafka.properties.\"heartbeat.interval.ms\"", "300");
        this.config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(KafkaConfig.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(KafkaConfig.class);
        this.topic = TenantTopic.of(config.topics().values().iterator().next());
        this.metrics = new KafkaMetrics(registry, List.of(topic));
    }

    void createTopics(int partitions, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            NewTopic points =
                    new NewTopic(topic.name(), Optional.of(partitions), Optional.of((short) 1))
                            .configs(settings);
            NewTopic letters =
                    new NewTopic(topic.deadLetters(), Optional.of(1), Optional.of((short) 1));
            admin.createTopics(List.of(points, letters)).all().get();
        }
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        // An idempotent producer is put out of step by a topic that is only just
                        // being made; without one, order needs a single request at a time.
                        "enable.idempotence",
                        false,
                        "max.in.flight.requests.per.connection",
                        1,
                        "acks",
                        "all",
                        "request.timeout.ms",
                        100_000,
                        "linger.ms",
                        5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Another process's consumer. */
    KafkaLoop.Session consumer(BrokerLog log) {
        IngestionMetrics ingestion =
                new IngestionMetrics(
                        new SimpleMeterRegistry(), new IntakeTally(InstantSource.system()));
        InstantSource clock = InstantSource.system();
        PointIntake points =
                new PointIntake(
                        new Admission(AdmissionRules.DEFAULT),
                        new Catalogue(database.seriesStore(), 1000),
                        new GroupCommit(
                                database.pointLog(),
                                CommitSettings.DEFAULT,
                                Runnable::run,
                                Runnable::run,
                                ingestion,
                                Tracing.OFF),
                        new PointQuota(System::nanoTime),
                        _ -> Uni.createFrom().item(limits),
                        clock,
                        ingestion);
        BrokerIntake intake =
                new BrokerIntake(points, log, database.pointLog(), ingestion, recorded.tracing);
        DeadLetters letters = new DeadLetters(() -> KafkaClients.producer(config));
        RecordDecoder decoder = new RecordDecoder(BodyLimits.DEFAULT);
        TopicConsumer consumer =
                new TopicConsumer(
                        config,
                        KafkaClients.consumer(config),
                        List.of(topic),
                        intake,
                        new TopicIntake(
                                config.group(),
                                List.of(new PointRecords(intake, decoder)),
                                letters,
                                metrics,
                                recorded.tracing),
                        metrics,
                        clock);
        return new KafkaLoop.Session(consumer, letters);
    }

    double counted(String meter) {
        return registry.find(meter).counters().stream().mapToDouble(one -> one.count()).sum();
    }
}
