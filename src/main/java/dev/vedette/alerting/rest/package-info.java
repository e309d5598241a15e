/** Routes, channels, silences, the delivery log and feedback over HTTP. */
@NullMarked
package dev.vedette.alerting.rest;

import org.jspecify.annotations.NullMarked;
