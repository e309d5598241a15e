package dev.vedette.ingestion.kafka;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the Kafka consumer. It is off unless there are brokers and topics. */
@ConfigMapping(prefix = "vedette.kafka")
public interface KafkaConfig {
    /** The brokers to begin with, host:port,...; no Kafka when absent. */
    Optional<String> bootstrapServers();

    /** The consumer group; positions in the database are kept under its name. */
    @WithDefault("vedette")
    String group();

    /** Where a partition begins that was never read. */
    @WithDefault("earliest")
    Start start();

    /** Most records taken at a time; all of a tenant's are stored in one transaction. */
    @WithDefault("500")
    @Min(1)
    @Max(100_000)
    int maxPollRecords();

    /** Most bytes asked of each broker at a time. */
    @WithDefault("16M")
    MemorySize fetchMax();

    /** How long to wait after a failure of database or broker before trying again. */
    @WithDefault("PT2S")
    Duration retryInterval();

    /** The topics, by a name of your choice. */
    Map<String, Topic> topics();

    /** How clients talk to the brokers: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
    @WithDefault("PLAINTEXT")
    String securityProtocol();

    /** Of SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER, ... */
    Optional<String> saslMechanism();

    /** Of SASL: the login module with user and password, as Kafka's sasl.jaas.config; a secret. */
    Optional<String> saslJaasConfig();

    /**
     * Further settings of Kafka's own clients, such as ssl.truststore.location; those that the
     * offsets depend on are not taken from here.
     */
    Map<String, String> properties();

    /** Where a partition begins. */
    enum Start {
        /** With the oldest record there is. */
        EARLIEST,
        /** With the next record to come. */
        LATEST
    }

    /** What a topic's records are. */
    enum Content {
        /** Documents as {@code POST /api/v1/metrics} takes them. */
        POINTS,
        /** Documents as {@code POST /api/v1/transactions} takes them. */
        TRANSACTIONS
    }

    /** One topic. */
    interface Topic {
        /** Its name in Kafka. */
        String topic();

        /**
         * Whose it is. Kafka's access control must let that tenant's senders only write to it:
         * nothing in a record is believed about the tenant.
         */
        String tenant();

        /** What its records are: points, as of metrics, or transactions. */
        @WithDefault("points")
        Content content();

        /**
         * Where records go that could not be taken in, or not wholly; topic.dead-letter if absent.
         */
        Optional<String> deadLetterTopic();
    }
}
