package dev.vedette.detection;

import dev.vedette.series.SeriesId;

/**
 * Points of one tick that came after newer ones of their series: stored, not judged.
 *
 * @param series which
 * @param firstEpochMillis the oldest
 * @param lastEpochMillis the newest
 * @param points how many
 */
public record LateStretch(
        SeriesId series, long firstEpochMillis, long lastEpochMillis, int points) {}
