/** Backfills over HTTP. */
@NullMarked
package dev.vedette.detection.backfill.rest;

import org.jspecify.annotations.NullMarked;
