package dev.vedette.series;

import java.util.Optional;

/**
 * One series as the catalogue knows it.
 *
 * @param id its id
 * @param key its place and labels
 * @param unit the unit of its values, as sent ("percent", "bytes", "count", …); empty when never
 *     said
 * @param shard which of {@link Shards#COUNT} shards works on it
 */
public record Series(SeriesId id, SeriesKey key, Optional<String> unit, int shard) {}
