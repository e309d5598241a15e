/**
 * OpenTelemetry's protocol for metrics over HTTP: only decodes. First class to read: {@link
 * dev.vedette.ingestion.otlp.OtlpDecoder}.
 */
@NullMarked
package dev.vedette.ingestion.otlp;

import org.jspecify.annotations.NullMarked;
