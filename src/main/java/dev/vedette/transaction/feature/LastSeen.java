package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, in the order in which the names were last seen, which can be written page by page
 * as they are at one moment while they go on to change.
 *
 * <p>Sightings are numbered, so the order is that of their numbers, and those up to a number are
 * what is known when it is given. A value among them that is about to be seen again or forgotten,
 * and was not written yet, is written aside under its number first; the writing takes whatever has
 * the lower number, what is next in order or what lies aside. So to begin costs nothing, however
 * many names there are; while nothing is being written a change costs a comparison more.
 *
 * <p>A value may be changed after {@link #seen} gave it, until the next page is written or begun.
 * Not thread-safe.
 *
 * @param <V> what is known of a name
 */
public final class LastSeen<V> {
    private final Form<V> form;
    private final Map<String, Seen<V>> byName = new HashMap<>();
    private @Nullable Seen<V> oldest;
    private @Nullable Seen<V> newest;
    private long sightings;
    private @Nullable Pages underWay;

    /** How a value is written. */
    @FunctionalInterface
    public interface Form<V> {
        /** Appends the value. */
        void write(V value, ModelWriter out);
    }

    private static final class Seen<V> {
        final String name;
        V value;
        long number;
        @Nullable Seen<V> older;
        @Nullable Seen<V> newer;

        Seen(String name, V value) {
            this.name = name;
            this.value = value;
        }
    }

    /**
     * Knows no names.
     *
     * @param form how a value is written, after its name
     */
    public LastSeen(Form<V> form) {
        this.form = form;
    }

    /** How many names are known. */
    public int size() {
        return byName.size();
    }

    /** What is known of the name, which is not seen by that; null if nothing is. */
    public @Nullable V find(String name) {
        Seen<V> known = byName.get(name);
        return known == null ? null : known.value;
    }

    /** What is known of the name, which becomes the one seen last; null if nothing is. */
    public @Nullable V seen(String name) {
        Seen<V> known = byName.get(name);
        if (known == null) {
            return null;
        }
        unlink(known);
        link(known);
        return known.value;
    }

    /** Lets the value be what is known of the name, which becomes the one seen last. */
    public void put(String name, V value) {
        Seen<V> known = byName.get(name);
        if (known == null) {
            known = new Seen<>(name, value);
            byName.put(name, known);
        } else {
            unlink(known);
            known.value = value;
        }
        link(known);
    }

    /** Forgets a name, if it is known. */
    public void remove(String name) {
        Seen<V> known = byName.remove(name);
        if (known != null) {
            unlink(known);
        }
    }

    /** Forgets the name not seen for longest, if there is one. */
    public void removeOldest() {
        if (oldest != null) {
            remove(oldest.name);
        }
    }

    private void link(Seen<V> last) {
        last.number = ++sightings;
        last.older = newest;
        last.newer = null;
        if (newest == null) {
            oldest = last;
        } else {
            newest.newer = last;
        }
        newest = last;
    }

    private void unlink(Seen<V> one) {
        if (underWay != null) {
            underWay.beforeGoing(one);
        }
        if (one.older == null) {
            oldest = one.newer;
        } else {
            one.older.newer = one.newer;
        }
        if (one.newer == null) {
            newest = one.older;
        } else {
            one.newer.older = one.older;
        }
    }

    /**
     * Begins to write what is known now, from the name not seen for longest on.
     *
     * @param bytes of a page, about
     * @return what is to be written out before this is called again
     */
    Pages pages(int bytes) {
        Pages pages = new Pages(bytes);
        underWay = pages;
        return pages;
    }

    /**
     * Begins to write what is known now into one block: how many names there are, then each with
     * its value.
     *
     * @param bytes of a slice, about
     * @param form makes the block of all that was written
     */
    public Slices block(int bytes, Function<ModelWriter, byte[]> form) {
        int count = size();
        Pages pages = pages(bytes);
        List<byte[]> written = new ArrayList<>();
        return new Slices() {
            @Override
            public boolean write() {
                ModelWriter page = pages.next();
                return page != null && written.add(page.toBytes());
            }

            @Override
            public void drain(Consumer<byte[]> blocks) {
                ModelWriter all = new ModelWriter().number(count);
                written.forEach(all::append);
                blocks.accept(form.apply(all));
            }
        };
    }

    /** What was known when it began, page by page. */
    final class Pages {
        private final int bytes;
        private final long last = sightings;
        private long written;
        private @Nullable Seen<V> next = oldest;
        private final TreeMap<Long, byte[]> aside = new TreeMap<>();
        private final ModelWriter page = new ModelWriter();
        private final ModelWriter one = new ModelWriter();
        private boolean isDone;

        private Pages(int bytes) {
            this.bytes = bytes;
        }

        private void beforeGoing(Seen<V> going) {
            if (going.number > written && going.number <= last) {
                one.clear();
                write(going, one);
                aside.put(going.number, one.toBytes());
            }
            if (going == next) {
                next = going.newer;
            }
        }

        /**
         * Writes the next page.
         *
         * @return it, which is good until the next one; null when all was written before
         * @throws IllegalStateException when others were begun before these were all written
         */
        @Nullable ModelWriter next() {
            if (!isDone && underWay != this) {
                throw new IllegalStateException("other pages were begun before the last of these");
            }
            page.clear();
            while (page.size() < bytes && writeNext()) {}
            return page.size() == 0 ? null : page;
        }

        private boolean writeNext() {
            Seen<V> listed = next != null && next.number <= last ? next : null;
            Map.Entry<Long, byte[]> kept = aside.firstEntry();
            if (kept != null && (listed == null || kept.getKey() < listed.number)) {
                page.append(kept.getValue());
                written = kept.getKey();
                aside.remove(written);
            } else if (listed != null) {
                write(listed, page);
                written = listed.number;
                next = listed.newer;
            } else if (!isDone) {
                isDone = true;
                underWay = null;
            }
            return !isDone;
        }

        private void write(Seen<V> seen, ModelWriter out) {
            form.write(seen.value, out.text(seen.name));
        }
    }
}
