package dev.vedette.http;

/**
 * What a tenant used.
 *
 * @param series how many it has
 * @param points taken in during the last 24 hours and already in blocks, which lag by minutes
 * @param bytes that their blocks take, as stored
 * @param anomalies that began during the last 24 hours
 * @param openIncidents right now
 * @param messages about alerts delivered during the last 24 hours
 */
public record TenantUsage(
        long series, long points, long bytes, long anomalies, long openIncidents, long messages) {}
