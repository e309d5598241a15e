package dev.vedette.ingestion.kafka;

import dev.vedette.tenant.TenantId;

/**
 * A topic and whose points it holds.
 *
 * @param name in Kafka
 * @param tenant all its records are this tenant's
 * @param deadLetters topic of the records that could not be taken in
 */
record TenantTopic(String name, TenantId tenant, String deadLetters) {
    static TenantTopic of(KafkaConfig.Topic config) {
        return new TenantTopic(
                config.topic(),
                new TenantId(config.tenant()),
                config.deadLetterTopic().orElse(config.topic() + ".dead-letter"));
    }
}
