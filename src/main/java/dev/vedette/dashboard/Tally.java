package dev.vedette.dashboard;

import java.util.Collection;

/**
 * A count of things of which the newest few were looked at: how many those are, and whether there
 * may be more.
 *
 * @param count how many were seen, 0 or more
 * @param isMore whether older ones were not looked at
 */
public record Tally(long count, boolean isMore) {
    /** A count of the newest, of which at most so many were asked for. */
    static Tally ofNewest(Collection<?> newest, int most) {
        return new Tally(newest.size(), newest.size() >= most);
    }

    /** A count of some of them. */
    Tally part(long some) {
        return new Tally(some, isMore);
    }

    /** Whether there is none for certain. */
    public boolean isNone() {
        return count == 0 && !isMore;
    }

    /** The count as it is written: "12", or "1 000+" for that many or more. */
    public String text() {
        return Figures.whole(count) + (isMore ? "+" : "");
    }
}
