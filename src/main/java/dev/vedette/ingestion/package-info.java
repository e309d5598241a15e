/**
 * From a decoded batch to an acknowledgement: admission of each point, the catalogue of series,
 * group commit into the detection log. Owns the write ports. Protocol adapters live in packages
 * below it and only decode. First class to read: {@link dev.vedette.ingestion.PointLog}.
 */
@NullMarked
package dev.vedette.ingestion;

import org.jspecify.annotations.NullMarked;
