package dev.vedette.aggregation;

/** Rolls up all that is due, for suites of other packages. Series have no names in it. */
public final class TenantRollups {
    private TenantRollups() {}

    /** Rolls up everything; returns how many buckets it was. */
    public static int rollUp(RollupStore store) {
        return store.rollUpDue(
                1000,
                due ->
                        due.stream()
                                .flatMap(one -> new RollupRows().of(one, _ -> null).stream())
                                .toList());
    }
}
