package dev.vedette.transaction.scoring;

import dev.vedette.transaction.feature.LastSeen;
import dev.vedette.transaction.feature.Slices;
import dev.vedette.transaction.model.ModelWriter;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The country most of an account's transactions come from: the candidate of R. Boyer and J. Moore's
 * vote ("MJRTY: A Fast Majority Vote Algorithm", 1991), which is the majority where there is one
 * and costs one text and one number for each account. At most {@value #MOST} accounts; the one not
 * seen for longest is forgotten first. Not thread-safe.
 */
final class HomeCountries {
    static final int MOST = 1_000_000;

    /** So that somebody who moves has a new home after a few hundred transactions at most. */
    private static final int MOST_LEAD = 200;

    private final LastSeen<Vote> votes = new LastSeen<>(Vote::write);

    private record Vote(String country, int lead) {
        Vote after(String next) {
            if (next.equals(country)) {
                return new Vote(country, Math.min(MOST_LEAD, lead + 1));
            }
            return lead <= 1 ? new Vote(next, 1) : new Vote(country, lead - 1);
        }

        void write(ModelWriter out) {
            out.text(country).shortNumber(lead);
        }
    }

    /** The account's home; null while nothing is known of it. */
    @Nullable String of(String account) {
        Vote vote = votes.find(account);
        return vote == null ? null : vote.country();
    }

    /** Counts a transaction; one without a country says nothing. */
    void add(String account, @Nullable String country) {
        if (country == null) {
            return;
        }
        Vote before = votes.find(account);
        if (before == null && votes.size() >= MOST) {
            votes.removeOldest();
        }
        votes.put(account, before == null ? new Vote(country, 1) : before.after(country));
    }

    /**
     * Begins to write everything that is known now, into one block.
     *
     * @param slice bytes of one, about
     */
    Slices snapshot(int slice) {
        return votes.block(slice, ModelWriter::toBytes);
    }

    /**
     * What {@link #snapshot} wrote.
     *
     * @throws IOException when the bytes are cut off
     */
    static HomeCountries restore(byte[] snapshot) throws IOException {
        HomeCountries restored = new HomeCountries();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
            for (int left = in.readInt(); left > 0; left--) {
                restored.votes.put(in.readUTF(), new Vote(in.readUTF(), in.readShort()));
            }
        }
        return restored;
    }
}
