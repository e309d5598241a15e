/**
 * The JSON protocol of ingestion: {@code POST /api/v1/metrics}. Only decodes, and says in HTTP what
 * {@code ingestion} decided. First class to read: {@link
 * dev.vedette.ingestion.rest.MetricsResource}.
 */
@NullMarked
package dev.vedette.ingestion.rest;

import org.jspecify.annotations.NullMarked;
