/**
 * The HTTP face of detection: series, points with their bands, anomalies, engines, live events and
 * stateless detection. Reads only; all data is of the credential's tenant. First class to read:
 * {@link dev.vedette.detection.rest.AnomaliesResource}.
 */
@NullMarked
package dev.vedette.detection.rest;

import org.jspecify.annotations.NullMarked;
