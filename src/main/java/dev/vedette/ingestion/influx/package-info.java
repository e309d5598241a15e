/**
 * InfluxDB line protocol: only decodes. First class to read: {@link
 * dev.vedette.ingestion.influx.LineDecoder}.
 */
@NullMarked
package dev.vedette.ingestion.influx;

import org.jspecify.annotations.NullMarked;
