/**
 * The only package that speaks SQL: implements every storage port on PostgreSQL and TimescaleDB,
 * runs the embedded server and the migrations. Imports the features whose ports it implements;
 * nobody but {@code cli} imports it. First classes to read: {@link
 * dev.vedette.timescale.TenantTransaction} and {@link dev.vedette.timescale.WorkerTransaction}, the
 * two ways to the tables.
 */
@NullMarked
package dev.vedette.timescale;

import org.jspecify.annotations.NullMarked;
