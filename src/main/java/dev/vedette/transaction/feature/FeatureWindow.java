package dev.vedette.transaction.feature;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How far back a feature looks: from the transaction's own time, which is inside. */
public enum FeatureWindow {
    /** Five minutes. */
    FIVE_MINUTES(0, "5m", Duration.ofMinutes(5)),
    /** An hour. */
    HOUR(1, "1h", Duration.ofHours(1)),
    /** A day. */
    DAY(2, "24h", Duration.ofDays(1)),
    /** A week. */
    WEEK(3, "7d", Duration.ofDays(7)),
    /** Thirty days; what is older is forgotten. */
    MONTH(4, "30d", Duration.ofDays(30));

    private final int place;
    private final String id;
    private final Duration length;

    FeatureWindow(int place, String id, Duration length) {
        this.place = place;
        this.id = id;
        this.length = length;
    }

    /** Its name in declarations. */
    public String id() {
        return id;
    }

    /** How long it is. */
    public Duration length() {
        return length;
    }

    /** Where sums of all windows hold this one's; a longer window has a higher place. */
    int place() {
        return place;
    }

    long millis() {
        return length.toMillis();
    }

    /** The window of that name, if there is one. */
    public static Optional<FeatureWindow> find(String id) {
        return Arrays.stream(values()).filter(window -> window.id.equals(id)).findFirst();
    }
}
