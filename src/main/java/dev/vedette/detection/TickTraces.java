package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Shows one tick in the traces of the requests whose points it judges, and hands each trace on to
 * the anomalies that those points raised. A replay after a crash shows nothing: its points were
 * judged before.
 */
final class TickTraces {
    private final List<LogRow> rows;
    private final SharedWork judging;

    private TickTraces(List<LogRow> rows, SharedWork judging) {
        this.rows = rows;
        this.judging = judging;
    }

    /** Begins the tick in the traces of those rows. */
    static TickTraces begin(Tracing tracing, int shard, List<LogRow> rows) {
        List<LogRow> traced = rows.stream().filter(row -> !row.traces().isEmpty()).toList();
        SharedWork judging =
                tracing.share("judge", traced.stream().flatMap(r -> r.traces().stream()).toList());
        judging.set("vedette.shard", shard)
                .set("vedette.rows", rows.size())
                .set("vedette.points", HeldShard.points(rows));
        return new TickTraces(traced, judging);
    }

    /**
     * The place under which each anomaly goes on: of the newest of the rows that hold its series,
     * the first that the tick is shown for. Anomalies of other series have none.
     */
    Map<UUID, SpanContext> of(List<Anomaly> anomalies) {
        Map<UUID, SpanContext> places = new HashMap<>();
        if (judging != SharedWork.NONE) {
            anomalies.forEach(one ->
                    place(one.lead().id().value()).ifPresent(at -> places.put(one.id(), at)));
        }
        return places;
    }

    private Optional<SpanContext> place(long series) {
        return rows.reversed().stream()
                .filter(row -> holds(row.points(), series))
                .flatMap(row -> row.traces().stream())
                .map(judging::placeIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean holds(PointBatch points, long series) {
        return LongStream.of(points.seriesIds()).anyMatch(id -> id == series);
    }

    /** The tick was committed; tells that, so that what is measured meanwhile names a trace. */
    void committed(int anomalies, Runnable telling) {
        judging.set("vedette.anomalies", anomalies);
        judging.run(telling);
        judging.end();
    }

    /** Nothing of it was stored. */
    void failed(RuntimeException why) {
        judging.failed(why);
        judging.end();
    }
}
