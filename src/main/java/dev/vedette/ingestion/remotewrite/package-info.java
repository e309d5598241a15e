/**
 * Prometheus remote write, versions 1.0 and 2.0: only decodes. First class to read: {@link
 * dev.vedette.ingestion.remotewrite.WriteRequestV1}.
 */
@NullMarked
package dev.vedette.ingestion.remotewrite;

import org.jspecify.annotations.NullMarked;
