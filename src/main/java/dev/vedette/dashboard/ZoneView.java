package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of time zones shows.
 *
 * @param now what zone the pages are in, and when its clocks change next
 * @param back where the reader came from
 * @param zone what stands in the field
 * @param problem why that was refused; empty when it was not
 * @param zones to choose from, by name
 */
public record ZoneView(String now, String back, String zone, String problem, List<Zone> zones) {
    /**
     * One of them.
     *
     * @param name of the IANA database
     * @param time its distance from UTC and its time now
     */
    public record Zone(String name, String time) {}
}
