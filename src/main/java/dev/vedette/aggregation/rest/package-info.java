/**
 * The HTTP face of aggregation: health, ranking and scores over time. Reads only; all data is of
 * the credential's tenant. First class to read: {@link
 * dev.vedette.aggregation.rest.ScoresResource}.
 */
@NullMarked
package dev.vedette.aggregation.rest;

import org.jspecify.annotations.NullMarked;
