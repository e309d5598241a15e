/**
 * Prometheus' query API, so that its tools and Grafana's own data source read this service. First
 * class to read: {@link dev.vedette.promql.rest.PrometheusQueryResource}.
 */
@NullMarked
package dev.vedette.promql.rest;

import org.jspecify.annotations.NullMarked;
