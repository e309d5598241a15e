/** Incidents over HTTP. */
@NullMarked
package dev.vedette.incident.rest;

import org.jspecify.annotations.NullMarked;
