package dev.vedette.transaction.rule;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names a tenant's rules may use, and what each stands for. Immutable.
 *
 * @param types by name, such as {@code amount}, {@code attributes.device} or {@code
 *     features.count_1h}; identifiers joined by points
 */
public record FactNames(SortedMap<String, FactType> types) {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    /** Names that are further away than this are not offered as what may have been meant. */
    private static final int FARTHEST = 4;

    /**
     * Copies and checks the names.
     *
     * @throws IllegalArgumentException when a name could not be written in an expression
     */
    public FactNames {
        for (String name : types.keySet()) {
            if (!FORM.matcher(name).matches()) {
                throw new IllegalArgumentException("no rule can name '" + name + "'");
            }
        }
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }

    /** The names of any map. */
    public static FactNames of(Map<String, FactType> types) {
        return new FactNames(new TreeMap<>(types));
    }

    /** Whether an expression can hold the name. */
    public static boolean isWritable(String name) {
        return FORM.matcher(name).matches();
    }

    /** The name that is most like an unknown one; empty when none is near. */
    public Optional<String> nearest(String unknown) {
        String best = "";
        int distance = Math.min(FARTHEST, unknown.length()) + 1;
        for (String name : types.keySet()) {
            int far = distance(unknown, name, distance);
            if (far < distance) {
                distance = far;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    // Levenshtein's distance, by the usual two rows.
    private static int distance(String from, String to, int enough) {
        if (Math.abs(from.length() - to.length()) >= enough) {
            return enough;
        }
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
