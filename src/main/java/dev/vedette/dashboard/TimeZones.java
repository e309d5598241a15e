package dev.vedette.dashboard;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The time zones that readers choose from: those of the IANA database, by name. */
final class TimeZones {
    private static final Set<String> KNOWN = new TreeSet<>(ZoneId.getAvailableZoneIds());

    // The others are old names, or offsets with their sign turned round.
    private static final Pattern PLACE =
            Pattern.compile(
                    "(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+");

    /** The names that are offered: places, by name. */
    static final List<String> PLACES = KNOWN.stream().filter(PLACE.asMatchPredicate()).toList();

    private TimeZones() {}

    /**
     * The zone that somebody means.
     *
     * @param text a name of the database, whatever its case, with spaces for underscores if that is
     *     easier; or the last part of one, where that names one place only: "vienna"
     * @return empty when there is none, or more than one
     */
    static Optional<ZoneId> named(String text) {
        String wanted = text.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        if (wanted.equals("utc")) {
            return Optional.of(ZoneOffset.UTC);
        }
        List<String> found = KNOWN.stream().filter(id -> lower(id).equals(wanted)).toList();
        if (found.isEmpty()) {
            found = PLACES.stream().filter(id -> lower(id).endsWith("/" + wanted)).toList();
        }
        return found.size() == 1 ? Optional.of(ZoneId.of(found.getFirst())) : Optional.empty();
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** The zone of a cookie, which a browser may have named by an offset; UTC when it is none. */
    static ZoneId kept(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    /** The name that a cookie keeps and a browser knows: {@code UTC}, {@code Europe/Vienna}. */
    static String id(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** How far its clocks are from UTC then: "UTC+05:30". */
    static String offset(ZoneId zone, Instant at) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        return offset.equals(ZoneOffset.UTC)
                ? "UTC"
                : "UTC" + offset.getId().replace('-', '\u2212');
    }
}
