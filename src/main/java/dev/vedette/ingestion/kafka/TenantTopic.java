package dev.vedette.ingestion.kafka;

import dev.vedette.tenant.TenantId;

/**
 * A topic and what it holds, of whom.
 *
 * @param name in Kafka
 * @param tenant all its records are this tenant's
 * @param content what its records are
 * @param deadLetters topic of the records that could not be taken in
 */
record TenantTopic(String name, TenantId tenant, KafkaConfig.Content content, String deadLetters) {
    static TenantTopic of(KafkaConfig.Topic config) {
        return new TenantTopic(
                config.topic(),
                new TenantId(config.tenant()),
                config.content(),
                config.deadLetterTopic().orElse(config.topic() + ".dead-letter"));
    }
}
