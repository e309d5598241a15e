/**
 * Points from Kafka. First class to read: {@link dev.vedette.ingestion.kafka.TopicConsumer}, the
 * loop; {@link dev.vedette.ingestion.kafka.TopicIntake} takes in what it polled.
 */
@NullMarked
package dev.vedette.ingestion.kafka;

import org.jspecify.annotations.NullMarked;
