package dev.vedette.ingestion;

import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks every series and point of a decoded request. A bad point spoils only itself and a bad
 * series only its own points. Points out of order are sorted; of several with the same time the
 * last wins. Reads no clock. Thread-safe: it has no state.
 */
public final class Admission {
    // Epoch seconds of this century, read as milliseconds, lie before this moment of 1970.
    private static final long SECONDS_MISTAKEN_FOR_MILLIS = 10_000_000_000L;

    private static final int MAX_UNIT_LENGTH = 64;

    private final AdmissionRules rules;

    /** By those rules. */
    public Admission(AdmissionRules rules) {
        this.rules = rules;
    }

    /**
     * Checks a request.
     *
     * @param tenant whose credential sent it
     * @param batch the request
     * @param now the service's time
     * @return what passed and what was refused
     */
    AdmittedBatch admit(TenantId tenant, IncomingBatch batch, Instant now) {
        Refusals refusals = new Refusals(rules.maxErrors());
        RunColumns columns = new RunColumns(batch.points().size());
        TimeWindow window = TimeWindow.around(now, rules);
        List<AdmittedSeries> admitted = new ArrayList<>(batch.series().size());
        for (IncomingSeries series : batch.series()) {
            Optional<SeriesKey> key = identify(tenant, series, refusals);
            if (key.isEmpty()) {
                continue;
            }
            int start = columns.startRun();
            copySound(series, batch.points(), window, columns, refusals);
            columns.endRun();
            if (columns.size() > start) {
                admitted.add(new AdmittedSeries(series, key.get(), start, columns.size()));
            }
        }
        return columns.toBatch(admitted, refusals);
    }

    private static Optional<SeriesKey> identify(
            TenantId tenant, IncomingSeries series, Refusals refusals) {
        SentIdentity known = series.identity();
        if (known != null) {
            return Optional.of(known.key());
        }
        Optional<Refusal> fault = series.fault().or(() -> missing(series)).or(() -> unit(series));
        Optional<SeriesKey> key = Optional.empty();
        if (fault.isEmpty()) {
            try {
                key = Optional.of(key(tenant, series));
            } catch (InvalidIdentityException e) {
                fault = Optional.of(new Refusal(series.pointer(), e.reason, e.detail));
            }
        }
        fault.ifPresent(
                found -> refusals.add(Math.max(1, series.size()), found.reason(), () -> found));
        return key;
    }

    private static Optional<Refusal> missing(IncomingSeries series) {
        String absent =
                series.clusterId().isEmpty()
                        ? "cluster_id"
                        : series.nodeId().isEmpty()
                                ? "node_id"
                                : series.metricName().isEmpty() ? "metric_name" : "";
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                series.pointer() + "/" + absent,
                                RefusalReason.REQUIRED_FIELD_MISSING,
                                absent + " is absent or empty"));
    }

    private static Optional<Refusal> unit(IncomingSeries series) {
        return series.unit()
                .filter(unit -> unit.isBlank() || unit.length() > MAX_UNIT_LENGTH)
                .map(unit ->
                        new Refusal(
                                series.pointer() + "/unit",
                                RefusalReason.NAME_INVALID,
                                "unit must have 1 to "
                                        + MAX_UNIT_LENGTH
                                        + " characters, has "
                                        + unit.length()));
    }

    private static SeriesKey key(TenantId tenant, IncomingSeries series)
            throws InvalidIdentityException {
        Labels labels;
        try {
            labels = Labels.of(series.labels());
        } catch (IllegalArgumentException e) {
            throw new InvalidIdentityException(RefusalReason.LABELS_INVALID, e);
        }
        try {
            return new SeriesKey(
                    tenant, series.clusterId(), series.nodeId(), series.metricName(), labels);
        } catch (IllegalArgumentException e) {
            throw new InvalidIdentityException(RefusalReason.NAME_INVALID, e);
        }
    }

    private static void copySound(
            IncomingSeries series,
            IncomingPoints points,
            TimeWindow window,
            RunColumns columns,
            Refusals refusals) {
        UnitBounds bounds = UnitBounds.of(series.unit());
        boolean faults = points.hasFaults();
        boolean gaps = points.hasGaps();
        for (int i = series.start(); i < series.end(); i++) {
            long time = points.epochMillis(i);
            double value = points.value(i);
            boolean faulty = faults && points.isFaulty(i);
            boolean sound =
                    Double.isFinite(value) ? bounds.contains(value) : gaps && Double.isNaN(value);
            if (!faulty && window.contains(time) && sound) {
                columns.add(time, value);
            } else {
                refuse(series, i, points, window, bounds, refusals);
            }
        }
    }

    private static void refuse(
            IncomingSeries series,
            int point,
            IncomingPoints points,
            TimeWindow window,
            UnitBounds bounds,
            Refusals refusals) {
        RefusalReason reason = reason(point, points, window);
        refusals.add(
                1,
                reason,
                () ->
                        new Refusal(
                                series.pointer() + "/points/" + (point - series.start()),
                                reason,
                                detail(reason, point, points, window, bounds)));
    }

    private static RefusalReason reason(int point, IncomingPoints points, TimeWindow window) {
        if (points.isFaulty(point)) {
            return points.reason(point);
        }
        if (!window.contains(points.epochMillis(point))) {
            return window.reason(points.epochMillis(point));
        }
        return Double.isFinite(points.value(point))
                ? RefusalReason.VALUE_OUT_OF_BOUNDS
                : RefusalReason.VALUE_NOT_FINITE;
    }

    private static String detail(
            RefusalReason reason,
            int point,
            IncomingPoints points,
            TimeWindow window,
            UnitBounds bounds) {
        if (points.isFaulty(point)) {
            return points.detail(point);
        }
        return switch (reason) {
            case VALUE_OUT_OF_BOUNDS ->
                    "value " + points.value(point) + " is outside " + bounds + " of its unit";
            case VALUE_NOT_FINITE -> "value " + points.value(point) + " is not finite";
            default -> window.detail(points.epochMillis(point));
        };
    }

    /** The times a point may have. */
    private record TimeWindow(long now, long oldest, long newest) {
        static TimeWindow around(Instant now, AdmissionRules rules) {
            long millis = now.toEpochMilli();
            long oldest = rules.maxAge().map(age -> millis - age.toMillis()).orElse(Long.MIN_VALUE);
            return new TimeWindow(
                    millis,
                    Math.max(oldest, SECONDS_MISTAKEN_FOR_MILLIS),
                    millis + rules.maxAhead().toMillis());
        }

        boolean contains(long time) {
            return time >= oldest && time <= newest;
        }

        RefusalReason reason(long time) {
            if (time > newest) {
                return RefusalReason.TIMESTAMP_FUTURE;
            }
            return time < SECONDS_MISTAKEN_FOR_MILLIS
                    ? RefusalReason.TIMESTAMP_INVALID
                    : RefusalReason.TIMESTAMP_TOO_OLD;
        }

        String detail(long time) {
            return switch (reason(time)) {
                case TIMESTAMP_FUTURE ->
                        "time " + time + " lies " + (time - now) / 1000 + " s ahead of " + now;
                case TIMESTAMP_TOO_OLD ->
                        "time " + time + " lies before the oldest accepted, " + oldest;
                default -> "time " + time + " ms lies in 1970 or before; are these seconds?";
            };
        }
    }

    /** A series whose names or labels cannot be an identity. */
    private static final class InvalidIdentityException extends Exception {
        private static final long serialVersionUID = 1;
        private final RefusalReason reason;
        private final String detail;

        InvalidIdentityException(RefusalReason reason, IllegalArgumentException cause) {
            super(cause);
            this.reason = reason;
            this.detail = String.valueOf(cause.getMessage());
        }
    }
}
